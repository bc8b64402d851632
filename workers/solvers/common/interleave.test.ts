import { describe, expect, it } from 'vitest';
import type { Budget, SolverRun } from '../../../src/core/solver.ts';
import { interleave, type SideTask } from './interleave.ts';

/** What happened, with the steps of the search at which it did. */
function record(percent: number, slice: number, limit: number): string[] {
  const log: string[] = [];
  let steps = 0;
  const budget: Budget = {
    steps: limit,
    chunk: (preferred) => Math.min(preferred, slice),
    progress: () => NaN,
  };
  function* search(own: Budget): SolverRun<string> {
    while (steps < limit) {
      const chunk = Math.min(own.chunk(10), limit - steps);
      steps += chunk;
      yield chunk;
    }
    return { reason: 'exhausted' };
  }
  function* side(): SideTask<string> {
    for (let part = 0; part < 4; part++) {
      yield 5;
      log.push(`part ${part} at ${steps}`);
      yield 0;
      yield { kind: 'bound', value: part, proof: 'test' };
    }
  }
  for (const event of interleave(budget, percent, search, side()))
    if (typeof event !== 'number') log.push(`${event.kind} at ${steps}`);
  return log;
}

describe('interleave', () => {
  it('gives the side task its share, at the same steps however the run is sliced', () => {
    const whole = record(20, 1000, 100);
    expect(whole.filter((line) => line.startsWith('part'))).toEqual([
      'part 0 at 20',
      'part 1 at 40',
      'part 2 at 60',
      'part 3 at 80',
    ]);
    for (const slice of [1, 3, 7]) expect(record(20, slice, 100)).toEqual(whole);
  });

  it('runs no side task without a share, and ends with the search', () => {
    expect(record(0, 10, 50)).toEqual([]);
    expect(record(50, 10, 12).filter((line) => line.startsWith('part')).length).toBe(2);
  });
});
