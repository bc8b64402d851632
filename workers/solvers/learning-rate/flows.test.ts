import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { gallery } from '../../../src/problems/learning-rate/gallery.ts';
import { pack } from '../../../src/problems/learning-rate/instance.ts';
import { FLOW_TRACE } from '../../../src/problems/learning-rate/solvers.ts';
import { solveCentralFlow } from './flows.ts';

type Column = (typeof FLOW_TRACE)[number]['id'];

/** A run's trace, by column. */
function trace(
  steps: number,
  directions = 2,
): (column: Column, from?: number, to?: number) => number[] {
  const instance = gallery.find(({ id }) => id === 'edge-of-stability')!.instance();
  const rows: (readonly number[])[] = [];
  for (const event of solveCentralFlow(pack({ ...instance, steps }), {
    rng: createRng(1),
    params: { parts: 4, sharpness: 20, directions },
    budget: { steps: null, chunk: (n) => n, progress: () => NaN },
  }))
    if (typeof event !== 'number' && event.kind === 'trace') rows.push(event.row);
  return (column, from = 0, to = steps + 1) =>
    rows
      .slice(from, to)
      .map((row) => row[FLOW_TRACE.findIndex(({ id }) => id === column)])
      .filter(Number.isFinite);
}

const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;

describe('flows at the edge of stability', () => {
  const column = trace(800);

  it('descent hovers around 2/η, the central flow stays at it, the gradient flow goes beyond', () => {
    expect(column('stability')[0]).toBe(10);
    for (const value of column('sharpness', 500, 800)) expect(value).toBeCloseTo(10, 1);
    expect(Math.abs(mean(column('descentSharpness', 500, 800)) - 10)).toBeLessThan(0.8);
    expect(column('flowSharpness').at(-1)).toBeGreaterThan(13);
  });

  it('descent stays near the central flow and leaves the gradient flow', () => {
    expect(column('centralDistance').at(-1)! / column('flowDistance').at(-1)!).toBeLessThan(0.5);
  });

  it('predicts the mean loss of descent better than the flow’s own loss does', () => {
    const [descent, predicted, own] = (['descentLoss', 'predictedLoss', 'train'] as const).map(
      (id) => mean(column(id, 600, 800)),
    );
    expect(Math.abs(predicted - descent)).toBeLessThan(Math.abs(own - descent));
  });

  it('with one critical direction holds the first eigenvalue at 2/η too', () => {
    const one = trace(800, 1);
    for (const value of one('sharpness', 500, 800)) expect(value).toBeCloseTo(10, 1);
    expect(one('centralDistance').at(-1)! / one('flowDistance').at(-1)!).toBeLessThan(0.7);
  });

  it('below the edge the central flow is the gradient flow', () => {
    const early = trace(60);
    expect(early('centralDistance')).toEqual(early('flowDistance'));
  });
});
