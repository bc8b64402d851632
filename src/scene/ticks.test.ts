import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logTicks, niceStep, niceTicks } from './ticks.ts';

const labels = (ticks: { label: string }[]) => ticks.map((tick) => tick.label);

describe('linear ticks', () => {
  it('are round', () => {
    expect(labels(niceTicks(0, 1180, 12))).toEqual(
      '0 100 200 300 400 500 600 700 800 900 1\u2009000 1\u2009100'.split(' '),
    );
    expect(labels(niceTicks(-0.2, 0.2, 4))).toEqual(['−0.2', '−0.1', '0.0', '0.1', '0.2']);
    expect(niceStep(3)).toBe(5);
    expect(niceStep(0.02)).toBeCloseTo(0.02);
  });

  it('lie in the range, evenly, and not too many', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (low, width, count) => {
          const high = low + width;
          fc.pre(high - low > 1e-9 * Math.abs(low));
          const ticks = niceTicks(low, high, count);
          expect(ticks.length).toBeLessThanOrEqual(2 * count + 1);
          for (const { at } of ticks) {
            expect(at).toBeGreaterThanOrEqual(low - width * 1e-6);
            expect(at).toBeLessThanOrEqual(high + width * 1e-6);
          }
        },
      ),
    );
  });

  it('are none for senseless ranges', () => {
    for (const [low, high] of [
      [1, 1],
      [2, 1],
      [NaN, 1],
      [0, Infinity],
    ])
      expect(niceTicks(low, high, 5)).toEqual([]);
  });

  it('say huge and tiny values by powers of ten', () => {
    expect(labels(niceTicks(0, 2e9, 2))).toContain('10⁹');
    expect(labels(niceTicks(0, 2e-5, 2))).toContain('10⁻⁵');
  });
});

describe('logarithmic ticks', () => {
  it('are powers of ten', () => {
    expect(labels(logTicks(-4, -1, 6))).toEqual(['10⁻⁴', '0.001', '0.01', '0.1']);
    expect(labels(logTicks(0, 6, 3)).length).toBeLessThanOrEqual(4);
  });

  it('have 2 and 5 between few powers', () => {
    expect(labels(logTicks(0, 1.1, 6))).toEqual(['1', '2', '5', '10']);
  });

  it('never leave a narrow range without ticks', () => {
    const ticks = logTicks(Math.log10(3.1), Math.log10(3.9), 4);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    for (const tick of ticks) expect(10 ** tick.at).toBeCloseTo(Number(tick.label), 6);
  });
});
