import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  DIGIT_CLASSES,
  DIGIT_COUNT,
  DIGIT_SIZE,
  digitSamples,
  loadDigits,
} from '../src/problems/learning-rate/digits.ts';
import { DIGITS_FILE, digitsModule, drawDigits } from './lib/digits.ts';
import { inProject } from './lib/project.mjs';

describe('the digits', () => {
  test('are drawn as committed, with the licence of their source', () => {
    const text = readFileSync(inProject(DIGITS_FILE), 'utf8');
    expect(digitsModule()).toBe(text);
    expect(text).toContain('Copyright (c) 2015 Juan Cazala');
    expect(text).toContain('THE SOFTWARE IS PROVIDED "AS IS"');
  });

  test('load as the pixels that were drawn, each class in turn', async () => {
    await loadDigits();
    const { inputs, labels } = digitSamples(0, DIGIT_COUNT);
    const pixels = Buffer.from(inputs.map((value) => Math.round(15 * value)));
    expect(pixels.equals(drawDigits())).toBe(true);
    expect(labels.every((label, i) => label === i % DIGIT_CLASSES)).toBe(true);
    const images = new Set<string>();
    for (let i = 0; i < DIGIT_COUNT; i++)
      images.add(pixels.toString('base64', i * DIGIT_SIZE, (i + 1) * DIGIT_SIZE));
    expect(images.size).toBe(DIGIT_COUNT);
  });
});
