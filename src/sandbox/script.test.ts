import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CodeCall } from '../core/code.ts';
import { unwrap } from '../core/result.ts';
import { scriptOf, valuesOf } from './script.ts';

const call: CodeCall = {
  source: '(t) => 1',
  name: 'f',
  args: [2],
  count: 3,
  nature: 'it is pure.',
};
const script = unwrap(scriptOf(call, { realm: '(function realm() {})', math: '' }));

it('answers are believed only when they are what was asked for', () => {
  const values = Float64Array.of(1, 2, 3);
  expect(valuesOf(call, script, { type: 'values', values }, 1000)).toEqual({
    ok: true,
    value: values,
  });
  for (const wrong of [
    Float64Array.of(1, 2),
    Float64Array.of(1, NaN, 3),
    Float64Array.of(1, 2, Infinity),
    Float32Array.of(1, 2, 3),
    [1, 2, 3],
    { length: 3 },
    null,
  ])
    expect(valuesOf(call, script, { type: 'values', values: wrong }, 1000).ok).toBe(false);
});

it('any answer gives values or one issue with a place', () => {
  const reply = fc.oneof(
    fc.anything(),
    fc.record({
      type: fc.constantFrom('values', 'thrown', 'no-number', 'timeout', 'memory', 'broken', ''),
      step: fc.anything(),
      message: fc.oneof(fc.string(), fc.constant('ReferenceError: x is not defined')),
      stack: fc.oneof(fc.string(), fc.constant('at f (sandbox-script.js:99999:1)')),
      found: fc.string(),
    }),
  );
  fc.assert(
    fc.property(reply, (given) => {
      const result = valuesOf(call, script, given, 1000);
      expect(result.ok).toBe(false);
      if (result.ok) return;
      expect(result.issues).toHaveLength(1);
      expect(result.issues[0].message).not.toBe('');
      expect(result.issues[0].line).toBe(1);
    }),
  );
});
