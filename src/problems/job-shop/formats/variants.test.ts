import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../core/rng.ts';
import { defaultParams } from '../../../core/params.ts';
import { describeIssue, unwrap } from '../../../core/result.ts';
import { variantGenerators } from '../variant-generators.ts';
import { fjs } from './fjs.ts';
import { flowShop } from './flow-shop.ts';
import { standard } from './standard.ts';
import { startTimes } from './starts.ts';
import { taillardText } from './taillard.ts';

const made = (id: string) => {
  const generator = variantGenerators.find((candidate) => candidate.id === id)!;
  return generator.generate(defaultParams(generator.params), createRng(1));
};
const complaint = (text: string, format = fjs): string => {
  const result = format.parse(text, 'file');
  return result.ok ? 'no complaint' : describeIssue(result.issues[0]);
};

describe('flexible job shop text', () => {
  test('reads operations with choices, machines from 1', () => {
    expect(unwrap(fjs.parse('2 3 1.5\n2 1 1 5 2 2 4 3 6\n1 1 3 7\n', 'small.fjs'))).toEqual({
      name: 'small',
      machines: 3,
      jobs: [
        [
          [0, 5],
          [1, 4, 2, 6],
        ],
        [[2, 7]],
      ],
    });
  });

  test.each([
    ['2 2\n1 1 1 5\n', /line 2: There are 1 lines of jobs, not 2/],
    ['1 2\n2 1 1 5\n', /line 2: The line is too short/],
    ['1 2\n1 1 1 5 9\n', /line 2: The line has 1 numbers too many/],
    ['1 2\n1 1 3 5\n', /line 2: .*machine/],
    ['1 2\n1 2 1 5 1 6\n', /among the choices already/],
    ['1 2\n99999999 1 1 5\n', /line 2: .*number of operations/],
    ['7\n', /jobs machines/],
  ])('refuses %j', (text, message) => {
    expect(complaint(text)).toMatch(message);
  });

  const folder = join(process.env.INCUMBENT_BENCH ?? '../shared/bench', 'fjsp');
  test.skipIf(!existsSync(folder))('reads the published files', () => {
    const text = readFileSync(join(folder, 'mk10.fjs'), 'utf8');
    expect(fjs.sniff(text, 'mk10.fjs')).toBeGreaterThan(0.9);
    const { jobs, machines } = unwrap(fjs.parse(text, 'mk10.fjs'));
    expect([jobs.length, machines, jobs.flat().length]).toEqual([20, 15, 240]);
  });
});

describe('flow shop text', () => {
  test('reads durations machine by machine', () => {
    const text =
      'number of jobs, number of machines, initial seed, upper bound and lower bound :\n' +
      '          3           2   873654221        1278        1232\nprocessing times :\n 5 6 7\n 1 2 3\n';
    expect(flowShop.sniff(text, 'a.txt')).toBeGreaterThan(standard.sniff(text, 'a.txt'));
    expect(unwrap(flowShop.parse(text, 'a.txt')).jobs[2]).toEqual([
      [0, 7],
      [1, 3],
    ]);
    expect(complaint(text.replace(' 1 2 3\n', ''), flowShop)).toMatch(/1 lines of durations for 2/);
    expect(complaint(text.replace('1 2 3', '1 2'), flowShop)).toMatch(
      /line 5: .*2 durations for 3/,
    );
  });
});

test('a format refuses to write what it has no place for', () => {
  for (const { id } of variantGenerators)
    for (const format of [standard, taillardText]) expect(format.write!(made(id)).ok).toBe(false);
  expect(fjs.write!(made('flexible')).ok).toBe(true);
  expect(fjs.write!(made('dated')).ok).toBe(false);
  expect(flowShop.write!(made('flow-shop')).ok).toBe(true);
});

test('schedules name the machines where there is a choice', () => {
  const instance = unwrap(fjs.parse('1 2\n2 2 1 5 2 6 1 1 3\n', 'x.fjs'));
  const solution = { starts: Int32Array.of(0, 6), machines: Int32Array.of(1, 0) };
  const text = startTimes.write(instance, solution, 9);
  expect(text).toMatch(/0@2 6@1/);
  expect(unwrap(startTimes.parse(text, instance))).toEqual(solution);
  const bare = startTimes.parse('0 6', instance);
  expect(bare.ok ? '' : bare.issues[0].message).toMatch(/machine/);
});
