import { describe, expect, it } from 'vitest';
import { defaultParams } from '../../../core/params.ts';
import { unwrap } from '../../../core/result.ts';
import type { Study } from '../../studies.ts';
import type { TspSolution } from '../check.ts';
import { uniformInstance } from '../gallery.ts';
import type { TspInstance } from '../instance.ts';
import { annealingStudy } from './annealing.ts';
import type { Outcome, Run, State } from './common.ts';
import { constructionsStudy } from './constructions.ts';
import { convergenceStudy } from './convergence.ts';

const instance = uniformInstance(30);

/** The state once every run has ended with the length given for it. */
function ended(
  study: Study<TspInstance, TspSolution>,
  lengthOf: (run: Run) => number,
  bound: number | null = null,
): State {
  const values = defaultParams(study.params);
  const runs = unwrap(study.plan(instance, values, new Map()));
  const outcomes = new Map<string, Outcome>(
    runs.map((run) => {
      const objective = lengthOf(run);
      return [
        run.id,
        {
          state: 'done',
          report: { feasible: true, objective, violations: [] },
          solution: null,
          bound,
          points: [0.5, 1, 2 * objective, 2, 9, objective],
          trace: null,
          seconds: 3,
          steps: 10,
        },
      ];
    }),
  );
  return { instance, values, runs, outcomes };
}

/** Narrow and fixed spaces as usual ones. */
const plain = (value: string | number) => String(value).replace(/\s/g, ' ');

const texts = (study: Study<TspInstance, TspSolution>, state: State) =>
  study.findings(state).map(({ text, tone }) => plain(`${tone}: ${text}`));

describe('constructions compared', () => {
  const lengths: Record<string, number> = { reference: 100, 'insertion-farthest': 110 };
  const lengthOf = ({ id }: Run) => lengths[id.split('/')[0]] ?? 120;

  it('rank methods by the mean of their seeds and count gaps to the best', () => {
    const state = ended(constructionsStudy, (run) =>
      run.id === 'greedy/1' ? 105 : run.id === 'insertion-farthest/2' ? 104 : lengthOf(run),
    );
    const { rows, cell } = constructionsStudy.table(state);
    expect([cell(0, 0), cell(0, 1), cell(0, 3)].map(plain)).toEqual([
      'Greedy edge',
      '105',
      '5.0 %',
    ]);
    expect([cell(1, 0), cell(1, 1), cell(1, 2)].map(plain)).toEqual([
      'Insertion, farthest',
      '108',
      '104',
    ]);
    expect(rows).toBe(14);
  });

  it('say so when the order is against the rule', () => {
    const found = texts(constructionsStudy, ended(constructionsStudy, lengthOf));
    expect(found[0]).toBe(
      'measured: Of the constructions Insertion, farthest comes nearest: 10 % above the best of these runs.',
    );
    expect(found[1]).toMatch(/^against: .* not nearer than any construction\.$/);
    expect(found[2]).toMatch(/^measured: Inserting the farthest city first gives 10 %/);
  });

  it('say nothing before all runs have ended', () => {
    const state = ended(constructionsStudy, lengthOf);
    const outcomes = new Map(state.outcomes);
    outcomes.set('greedy/1', { ...outcomes.get('greedy/1')!, state: 'running' });
    expect(constructionsStudy.findings({ ...state, outcomes })).toEqual([]);
  });
});

describe('convergence', () => {
  it('tells who was first within 1 %, and what was proven', () => {
    const state = ended(convergenceStudy, ({ id }) => (id === 'ils' ? 100 : 130), 100);
    const found = texts(convergenceStudy, state);
    expect(found[0]).toMatch(/^measured: Iterated local search ends with the shortest tour, 0 %/);
    expect(found[1]).toBe('measured: Iterated local search is the first within 1 %, after 2.0 s.');
    expect(found[2]).toBe('theory: A run has proven 100 optimal.');
    const { cell } = convergenceStudy.table(state);
    expect([cell(0, 0), cell(0, 3), cell(1, 3)].map(plain)).toEqual([
      'Iterated local search',
      '2.0 s',
      '–',
    ]);
  });
});

describe('annealing schedules', () => {
  it('find the best first temperature of every length', () => {
    const state = ended(annealingStudy, ({ id }) => {
      const [temperature, length] = id.split('/').map(Number);
      return 1000 + 100 * Math.abs(temperature - 1) - 10 * length;
    });
    const found = texts(annealingStudy, state);
    expect(found).toHaveLength(4);
    for (const text of found.slice(0, 3)) expect(text).toMatch(/best from temperature 1,/);
    expect(found[3]).toBe('measured: Cooling more slowly gives shorter tours.');
  });
});
