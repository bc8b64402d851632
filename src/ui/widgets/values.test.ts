import { describe, expect, it } from 'vitest';
import { readValue, showNumber, showValue, stepValue } from './values.ts';

const number = { type: 'number', min: 0, max: 100 } as const;

describe('reading numbers', () => {
  it.each([
    ['12', 12],
    [' 1.5 ', 1.5],
    ['.5', 0.5],
    ['1e1', 10],
    ['1 0', 10],
  ])('%j is %d', (text, value) => {
    expect(readValue(number, text)).toEqual({ ok: true, value });
  });

  it('reads thin spaces and the real minus', () => {
    expect(readValue({ type: 'number' }, '−5\u2009109')).toEqual({ ok: true, value: -5109 });
  });

  it.each(['', 'abc', '1,5', '1.2.3', 'Infinity', 'NaN', '0x10', '1e999', '-1', '101'])(
    'refuses %j with a message',
    (text) => {
      const reading = readValue(number, text);
      expect(reading.ok).toBe(false);
      expect(reading).toHaveProperty('message', expect.stringMatching(/\.$/));
    },
  );

  it('refuses fractions where whole numbers are needed', () => {
    expect(readValue({ type: 'number', integer: true }, '1.5').ok).toBe(false);
    expect(readValue({ type: 'number', integer: true }, '2.0')).toEqual({ ok: true, value: 2 });
  });
});

it('reads choices by value or label and booleans by word', () => {
  const choice = { type: 'choice', options: [{ value: 'a', label: 'Alpha' }] } as const;
  expect(readValue(choice, 'a')).toEqual({ ok: true, value: 'a' });
  expect(readValue(choice, ' alpha ')).toEqual({ ok: true, value: 'a' });
  expect(readValue(choice, 'b').ok).toBe(false);
  expect(showValue(choice, 'a')).toBe('Alpha');
  expect(readValue({ type: 'boolean' }, 'Yes')).toEqual({ ok: true, value: true });
  expect(readValue({ type: 'boolean' }, 'maybe').ok).toBe(false);
});

it('caps the length of texts', () => {
  expect(readValue({ type: 'text', maxLength: 3 }, 'abcd').ok).toBe(false);
  expect(readValue({ type: 'text', maxLength: 3 }, 'abc')).toEqual({ ok: true, value: 'abc' });
});

it('shows numbers without floating-point dust', () => {
  expect(showNumber(0.1 + 0.2)).toBe('0.3');
  expect(showNumber(1e-7)).toBe('1e-7');
});

it('steps without dust and inside the limits', () => {
  const spec = { type: 'number', min: 0, max: 1, step: 0.1 } as const;
  expect(stepValue(spec, 0.35, 1)).toBe(0.45);
  expect(stepValue(spec, 0.95, 10)).toBe(1);
  expect(stepValue(spec, 0, -1)).toBe(0);
  expect(stepValue({ type: 'number', integer: true }, 41, 1)).toBe(42);
  expect(stepValue({ type: 'number' }, 0.02, 1)).toBe(0.021);
});
