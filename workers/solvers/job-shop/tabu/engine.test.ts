import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../../src/core/rng.ts';
import { gallery } from '../../../../src/problems/job-shop/gallery.ts';
import { limits, pack, type PackedJobShop } from '../../../../src/problems/job-shop/instance.ts';
import { anyInstance } from '../../../../src/problems/job-shop/test-oracle.ts';
import { completeSchedule, createDispatcher, policyOf } from '../dispatcher.ts';
import { evaluate, load, makespan, toNodes } from '../graph.ts';
import type { Neighbourhood } from '../moves.ts';
import { createEngine, hasEnded, startSearch, type Engine } from './engine.ts';
import * as at from './layout.ts';

const neighbourhoods: readonly Neighbourhood[] = ['N5', 'N6', 'N7'];

/** An engine at a random schedule, its search begun. */
function begun(
  packed: PackedJobShop,
  kind: 'fastest' | 'twin',
  neighbourhood: Neighbourhood,
  seed: number,
): Engine {
  const rules = { neighbourhood, tenure: 3, spread: 4, stall: 200 };
  const engine = createEngine(packed, createRng(seed), rules, kind);
  const dispatcher = createDispatcher(packed, policyOf('random', 'active'), createRng(seed));
  while (!completeSchedule(dispatcher).next().done);
  load(engine.graph, toNodes(engine.graph, dispatcher.order));
  engine.control[at.WANTED] = at.NONE;
  startSearch(engine);
  return engine;
}

/** All that a search leaves behind, but what the kernel keeps for itself. */
const stateOf = ({ graph, best, control, until }: Engine) => ({
  order: [...graph.order],
  place: [...graph.place],
  before: [...graph.before],
  after: [...graph.after],
  head: [...graph.head],
  tail: [...graph.tail],
  best: [...best],
  until: [...until],
  control: [...control.subarray(0, at.STAMP), ...control.subarray(at.RANDOM)],
});

describe('the kernel', () => {
  test('does what its twin does, move by move', () => {
    const runs = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
    const shape = anyInstance({ jobs: 7, machines: 4, operations: 8, duration: 6 });
    fc.assert(
      fc.property(
        shape,
        fc.nat(1e6),
        fc.constantFrom(...neighbourhoods),
        runs,
        (instance, seed, n, counts) => {
          const packed = pack(instance);
          const kernel = begun(packed, 'fastest', n, seed);
          const twin = begun(packed, 'twin', n, seed);
          // Memory of its own tells a kernel: the twin's arrays have nothing around them.
          expect(kernel.best.byteOffset).toBe(at.BEST);
          expect(twin.best.byteOffset).toBe(0);
          for (const moves of counts) {
            if (hasEnded(twin)) startSearch(twin);
            if (hasEnded(kernel)) startSearch(kernel);
            const wanted = makespan(twin.graph);
            kernel.control[at.WANTED] = twin.control[at.WANTED] = wanted;
            expect(kernel.run(moves)).toBe(twin.run(moves));
            expect(stateOf(kernel)).toEqual(stateOf(twin));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(neighbourhoods)('keeps to its twin for thousands of moves of ta41 with %s', (n) => {
    const packed = pack(gallery.find(({ id }) => id === 'ta41')!.instance());
    const [kernel, twin] = (['fastest', 'twin'] as const).map((kind) => begun(packed, kind, n, 5));
    const start = kernel.control[at.OWN];
    for (let turn = 0; turn < 6; turn++) {
      if (hasEnded(twin)) startSearch(twin);
      if (hasEnded(kernel)) startSearch(kernel);
      expect(kernel.run(500)).toBe(twin.run(500));
      expect(stateOf(kernel)).toEqual(stateOf(twin));
    }
    expect(kernel.control[at.OWN]).toBeLessThan(start);
  });

  test('keeps heads, tails and the best order right', () => {
    const packed = pack(gallery.find(({ id }) => id === 'la19')!.instance());
    const engine = begun(packed, 'fastest', 'N7', 2);
    engine.run(3000);
    const { graph, best, control } = engine;
    const [head, tail] = [graph.head.slice(), graph.tail.slice()];
    evaluate(graph);
    expect(graph.head).toEqual(head);
    expect(graph.tail).toEqual(tail);
    expect(makespan(graph)).toBe(control[at.CURRENT]);
    load(graph, best.slice());
    expect(makespan(graph)).toBe(control[at.OWN]);
  });

  test('has room for the largest instances', () => {
    expect(limits.operations + limits.jobs + 1).toBeLessThanOrEqual(at.NODES);
    expect(4 * at.NODES).toBeLessThanOrEqual(at.STRIDE);
    expect(at.CONTROL + 4 * at.CONTROLS).toBeLessThanOrEqual(at.HEAD);
  });
});

test('a search ends when it stalls or has no move', () => {
  const packed = pack({ name: '', machines: 1, jobs: [[[0, 4]], [[0, 3]]] });
  for (const kind of ['fastest', 'twin'] as const) {
    const engine = begun(packed, kind, 'N7', 1);
    expect(engine.run(10)).toBe(1);
    expect(hasEnded(engine)).toBe(true);
    startSearch(engine);
    expect(hasEnded(engine)).toBe(false);
  }
  const la19 = pack(gallery.find(({ id }) => id === 'la19')!.instance());
  const engine = begun(la19, 'fastest', 'N7', 1);
  while (!hasEnded(engine)) expect(engine.run(64)).toBeGreaterThan(0);
  const { control } = engine;
  expect(control[at.NOW] - control[at.IMPROVED]).toBe(200);
});
