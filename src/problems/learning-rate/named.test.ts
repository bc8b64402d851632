import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { boundTerms, optimalBound, optimalRate } from './bound.ts';
import { NAMED, namedRates } from './named.ts';
import { LIBRARY_NAMES, ownName } from './schedule-names.ts';

describe('schedules by name', () => {
  it.each([
    ['constant', {}, 0.01817589508, 0.1375448081],
    ['inverse-square-root', {}, 0.2120855816, 0.1222642733],
    ['wsd', {}, 0.02537366142, 0.1093230125],
    ['wsd', { shape: 'sqrt' }, 0.02684613762, 0.1072881472],
    ['wsd', { shape: 'sqrt', cooldown: '1' }, 0.07379705619, 0.1012425969],
    ['cosine', {}, 0.04824188684, 0.1033859059],
    ['rex', {}, 0.03997908321, 0.1016866503],
    ['linear', {}, 0.04956313069, 0.1006298654],
    ['step', {}, 0.05347333132, 0.1403550797],
    ['one-cycle', {}, 0.04507279246, 0.1096051389],
  ] as const)('%s %o at T = 400', (name, given, gamma, omega) => {
    const terms = boundTerms(unwrap(namedRates(name, 400, given)), 400);
    expect(optimalRate(terms) / gamma).toBeCloseTo(1, 9);
    expect(optimalBound(terms) / omega).toBeCloseTo(1, 9);
  });

  it.each(NAMED.map(({ name }) => name))('%s has T + 1 finite values and peak 1', (name) => {
    const rates = unwrap(namedRates(name, 500, {}));
    expect(rates).toHaveLength(501);
    expect(Math.max(...rates)).toBeCloseTo(1, 1);
    for (const rate of rates) expect(rate).toBeGreaterThanOrEqual(0);
  });

  it('warms up when asked', () => {
    const rates = unwrap(namedRates('cosine', 10, { warmup: '4' }));
    expect(Array.from(rates.slice(0, 5))).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(namedRates('cosine', 10, { warmup: 11 }).ok).toBe(false);
    expect(namedRates('cosine', 10, { final: 'x' }).ok).toBe(false);
    expect(namedRates('toString', 10, {}).ok).toBe(false);
  });

  it('knows the names of torch, optax and Hugging Face', () => {
    const rates = (name: string) => unwrap(namedRates(name, 40, {}));
    expect(rates('CosineAnnealingLR')).toEqual(rates('cosine'));
    expect(rates('cosine_decay_schedule')).toEqual(rates('cosine'));
    expect(rates('warmup_stable_decay')).toEqual(rates('wsd'));
    expect(rates('inverse_sqrt')).toEqual(rates('inverse-square-root'));
    // A name stands for one schedule only.
    const names = Object.values(LIBRARY_NAMES).flat();
    expect(new Set(names).size).toBe(names.length);
    for (const { name } of NAMED) expect(ownName(name)).toBe(name);
  });
});
