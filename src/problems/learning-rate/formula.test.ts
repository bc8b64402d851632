import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { FORMULA_NAMES, compileFormula } from './formula.ts';

const value = (text: string, t = 3, T = 12) => unwrap(compileFormula(text))(t, T);
const issue = (text: string) => {
  const result = compileFormula(text);
  if (result.ok) throw new Error(`"${text}" should not compile`);
  return result.issues[0];
};

describe('formulas', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) × 3', 9],
    ['8 ÷ 4 / 2', 1],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ** -1', 0.5],
    ['10 − 4 - 3', 3],
    ['1.5e2 + .5', 150.5],
    ['t / T', 0.25],
    ['z', 0.25],
    ['z < 0.5 ? 1 : 2', 1],
    ['t >= 4 ? 1 : t == 3 ? 5 : 6', 5],
    ['t ≥ 3 && !(t > 3) || 0', 1],
    ['1 != 1', 0],
    ['if(t > 100, 1, 2)', 2],
    ['min(3, 1, 2) + max(1, 2)', 3],
    ['floor(2.7) + ceil(2.1) + round(2.5) + abs(-1)', 9],
    ['clamp(5, 0, 1) + mod(-1, 3)', 3],
    ['sqrt(16) + pow(2, 3)', 12],
  ])('%s is %d', (text, expected) => expect(value(text)).toBeCloseTo(expected, 14));

  it('has the usual functions', () => {
    expect(value('exp(1)')).toBeCloseTo(Math.E, 14);
    expect(value('log(10) - ln(10)')).toBe(0);
    expect(value('sin(pi / 6) + cos(π / 3)')).toBeCloseTo(1, 14);
    expect(value('tanh(0.5)')).toBeCloseTo(Math.tanh(0.5), 14);
    for (const name of ['t', 'T', 'z', 'pi', 'floor']) expect(FORMULA_NAMES).toContain(name);
  });

  it.each([
    ['1 +', 4, /ends where a value/],
    ['', 1, /ends/],
    ['2 t', 3, /should not be here/],
    ['(1 + 2', 7, /"\)" is missing/],
    ['1 + foo', 5, /"foo" is not known/],
    ['sqrt 4', 6, /"\(" is missing/],
    ['sqrt(1, 2)', 1, /takes 1 value, not 2/],
    ['min(1)', 1, /takes 2 or 3/],
    ['1 = 2', 3, /no meaning/],
    ['t > 1 ? 2', 10, /":" is missing/],
    ['3 $ 4', 3, /no meaning/],
    ['* 4', 1, /value should be here/],
    ['constructor', 1, /not known/],
    ['1)', 2, /should not be here/],
  ])('%s is refused with a column', (text, column, message) => {
    expect(issue(text)).toMatchObject({ column, message: expect.stringMatching(message) });
  });

  it('refuses long formulas before reading them', () => {
    expect(issue('1+'.repeat(300) + '1').message).toMatch(/601 characters/);
    expect(value('('.repeat(249) + 't' + ')'.repeat(249))).toBe(3);
    expect(value('-'.repeat(498) + 't')).toBe(3);
  });

  it('never throws, whatever is typed', () => {
    const words = 't T z 1 2.5 + - * / ^ ( ) , ? : < = ! min sin if π 🙂 && " .'
      .split(' ')
      .concat(' ');
    const pieces = fc.constantFrom(...words);
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const compiled = compileFormula(parts.join(''));
        if (compiled.ok) expect(compiled.value(1, 10)).toBeTypeOf('number');
        else expect(compiled.issues[0].column).toBeGreaterThan(0);
      }),
    );
  });
});
