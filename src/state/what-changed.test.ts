import { describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../core/budget.ts';
import type { RunRecord } from './runs.ts';
import { seedGroup, tellApart, whatChanged } from './what-changed.ts';

const record = (change: Partial<RunRecord> = {}): RunRecord => ({
  id: 'a',
  colourIndex: 0,
  pinned: false,
  finishedAt: 0,
  family: 'learning-rate',
  instanceHash: 'one',
  instanceName: 'Spirals',
  facts: [
    { label: 'Task', value: 'Spirals' },
    { label: 'Schedule', value: 'cosine' },
  ],
  solverId: 'adamw',
  solverVersion: 1,
  solverName: 'AdamW',
  params: { beta1: 0.9, decay: 0.1 },
  seed: 1,
  budget: { ...NO_BUDGET, seconds: 30 },
  workers: 1,
  objective: 1,
  digits: 2,
  isLoss: false,
  bound: null,
  proof: null,
  reason: 'finished',
  seconds: 1,
  steps: 1,
  points: [],
  solution: null,
  ...change,
});

describe('what changed between two runs', () => {
  it('is nothing when a run was repeated, whatever it brought', () => {
    expect(whatChanged(record(), record({ id: 'b', objective: 2, seconds: 9 }))).toEqual([]);
  });

  it('names parameters, seed and budget with both values', () => {
    const next = record({ params: { beta1: 0.95, decay: 0.1 }, seed: 7, budget: NO_BUDGET });
    expect(whatChanged(record(), next)).toEqual([
      'beta1 0.9 → 0.95',
      'seed 1 → 7',
      'seconds 30 → none',
    ]);
  });

  it('tells instances apart by what they say of themselves', () => {
    const facts = [
      { label: 'Task', value: 'Spirals' },
      { label: 'Schedule', value: 'WSD' },
    ];
    const next = record({ instanceHash: 'two', facts });
    expect(whatChanged(record(), next)).toEqual(['schedule cosine → WSD']);
    expect(whatChanged(record(), record({ instanceHash: 'three' }))).toEqual(['another instance']);
  });

  it('does not compare the parameters of two solvers', () => {
    const next = record({ solverId: 'lion', solverName: 'Lion', params: { beta1: 0.95 } });
    expect(whatChanged(record(), next)).toEqual(['AdamW → Lion']);
  });
});

describe('names that tell runs apart', () => {
  it('have what differs, and nothing that all have alike', () => {
    const wsd = record({
      facts: [
        { label: 'Task', value: 'Spirals' },
        { label: 'Schedule', value: 'WSD' },
      ],
    });
    expect(tellApart([record(), wsd])).toEqual(['cosine', 'WSD']);
    expect(tellApart([record(), record({ params: { beta1: 0.95, decay: 0.1 } })])).toEqual([
      'beta1 0.9',
      'beta1 0.95',
    ]);
    expect(tellApart([record(), record({ seed: 2 })])).toEqual(['Spirals', 'Spirals']);
    expect(tellApart([])).toEqual([]);
  });

  it('runs of one group differ by their seed only', () => {
    const reordered = record({ seed: 5, params: { decay: 0.1, beta1: 0.9 }, objective: 3 });
    expect(seedGroup(reordered)).toBe(seedGroup(record()));
    expect(seedGroup(record({ instanceHash: 'two' }))).not.toBe(seedGroup(record()));
    expect(seedGroup(record({ params: { beta1: 0.8 } }))).not.toBe(seedGroup(record()));
  });
});
