import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { check } from '../../../src/problems/job-shop/check.ts';
import { pack, type JobShopInstance } from '../../../src/problems/job-shop/instance.ts';
import { earliestStarts } from '../../../src/problems/job-shop/schedule.ts';
import { anyInstance } from '../../../src/problems/job-shop/test-oracle.ts';
import { createDispatcher, placeSome, policyOf } from './dispatcher.ts';
import { disturb, distance, placesOf, toElite, walkTowards } from './elites.ts';
import {
  canMoveForward,
  createGraph,
  evaluate,
  load,
  longestPath,
  makespan,
  moveBackward,
  moveForward,
  startTimes,
  toNodes,
  type Graph,
} from './graph.ts';
import {
  createScan,
  createTabuList,
  estimateSwap,
  scanMoves,
  type Neighbourhood,
  type Scan,
} from './moves.ts';

const shapes = fc.tuple(
  anyInstance({ jobs: 6, machines: 4, operations: 6, duration: 5 }),
  fc.nat(1e6),
);

/** The graph of a random active schedule. */
function randomGraph(instance: JobShopInstance, seed: number): Graph {
  const packed = pack(instance);
  const graph = createGraph(packed);
  const dispatcher = createDispatcher(packed, policyOf('random', 'active'), createRng(seed));
  placeSome(dispatcher, packed.machine.length);
  load(graph, toNodes(graph, dispatcher.order));
  return graph;
}

/** The operations of every machine in the graph's order. */
function ordersOf(graph: Graph): number[][] {
  const operationOf = new Map(Array.from(graph.nodeOf, (node, i) => [node, i]));
  const orders: number[][] = Array.from({ length: graph.machines }, () => []);
  for (const node of graph.nodeOf) {
    if (graph.before[node] !== 0) continue;
    for (let at = node; at !== 0; at = graph.after[at])
      orders[graph.machine[node]].push(operationOf.get(at)!);
  }
  return orders;
}

/** All pairs (u, v) with u somewhere before v on a machine. */
function pairsOf(graph: Graph): [number, number][] {
  return ordersOf(graph).flatMap((order) =>
    order.flatMap((a, i) =>
      order.slice(i + 1).map((b): [number, number] => [graph.nodeOf[a], graph.nodeOf[b]]),
    ),
  );
}

/** Heads, tails and topological order are what a fresh evaluation gives. */
function expectConsistent(graph: Graph): void {
  graph.order.forEach((node, i) => {
    expect(graph.place[node]).toBe(i);
    for (const above of [node - 1, graph.before[node]]) expect(graph.place[above]).toBeLessThan(i);
  });
  const head = graph.head.slice();
  const tail = graph.tail.slice();
  evaluate(graph);
  expect(graph.head).toEqual(head);
  expect(graph.tail).toEqual(tail);
}

function scanOf(graph: Graph, neighbourhood: Neighbourhood, seed: number): Scan {
  const rng = createRng(seed);
  const path = new Int32Array(graph.operations);
  const length = makespan(graph);
  const count = longestPath(graph, length, rng, path);
  const scan = createScan(graph);
  scanMoves(graph, createTabuList(graph), scan, path, count, neighbourhood, 1, length, rng);
  return scan;
}

const possibleMoves = (scan: Scan): string[] =>
  Array.from({ length: scan.count / 2 }, (_, i) => scan.possible.slice(2 * i, 2 * i + 2).join(' '));

describe('disjunctive graph', () => {
  test('heads are the earliest starts of its machine orders', () => {
    fc.assert(
      fc.property(shapes, ([instance, seed]) => {
        const graph = randomGraph(instance, seed);
        expect(startTimes(graph)).toEqual(earliestStarts(pack(instance), ordersOf(graph)));
        expect(check(instance, { starts: startTimes(graph) }).objective).toBe(makespan(graph));
      }),
    );
  });

  test('a move forward is possible exactly when its orders form no cycle', () => {
    fc.assert(
      fc.property(shapes, ([instance, seed]) => {
        const graph = randomGraph(instance, seed);
        const packed = pack(instance);
        for (const [u, v] of pairsOf(graph)) {
          const orders = ordersOf(graph);
          const machine = graph.machine[u];
          const nodes = orders[machine].map((operation) => graph.nodeOf[operation]);
          const moved = orders[machine].toSpliced(nodes.indexOf(u), 1);
          moved.splice(nodes.indexOf(v), 0, orders[machine][nodes.indexOf(u)]);
          const starts = earliestStarts(packed, orders.with(machine, moved));
          expect(canMoveForward(graph, u, v)).toBe(starts !== null);
        }
      }),
    );
  });

  test('moves keep heads, tails and topological order right', () => {
    fc.assert(
      fc.property(shapes, ([instance, seed]) => {
        const graph = randomGraph(instance, seed);
        const rng = createRng(seed);
        for (let i = 0; i < 20; i++) {
          const scan = scanOf(graph, 'N7', rng.uint32());
          if (scan.count === 0) break;
          const at = 2 * rng.int(scan.count / 2);
          const [u, v] = [scan.possible[at], scan.possible[at + 1]];
          if (v > 0) moveForward(graph, u, v);
          else moveBackward(graph, u, -v);
          expectConsistent(graph);
        }
      }),
    );
  });
});

describe('moves', () => {
  test('every move tried leaves a schedule, and its swap estimate is a bound from below', () => {
    fc.assert(
      fc.property(shapes, ([instance, seed]) => {
        const graph = randomGraph(instance, seed);
        const scan = scanOf(graph, 'N7', seed);
        const { order } = toElite(graph);
        for (let at = 0; at < scan.count; at += 2) {
          load(graph, order);
          const [u, v] = [scan.possible[at], Math.abs(scan.possible[at + 1])];
          const estimate = graph.after[u] === v ? estimateSwap(graph, u, v) : 0;
          if (scan.possible[at + 1] > 0) moveForward(graph, u, v);
          else moveBackward(graph, u, v);
          const { feasible, objective } = check(instance, { starts: startTimes(graph) });
          expect(feasible).toBe(true);
          expect(estimate).toBeLessThanOrEqual(objective);
        }
      }),
    );
  });

  test('N7 holds N6, which holds N5, up to which neighbour is said to move', () => {
    const plain = (scan: Scan, graph: Graph) =>
      new Set(
        possibleMoves(scan).map((move) => {
          const [u, v] = move.split(' ').map(Number);
          return graph.after[u] === Math.abs(v) ? `${u} ${Math.abs(v)}` : move;
        }),
      );
    fc.assert(
      fc.property(shapes, ([shape, seed]) => {
        // Operations without duration make ties, in which a swap is sure from one side only.
        const jobs = shape.jobs.map((job) =>
          job.map(([machine, duration]): [number, number] => [machine, Math.max(1, duration)]),
        );
        const instance = { ...shape, jobs };
        const graph = randomGraph(instance, seed);
        const [n5, n6, n7] = (['N5', 'N6', 'N7'] as const).map((neighbourhood) =>
          plain(scanOf(graph, neighbourhood, seed), graph),
        );
        for (const move of n5) expect(n6).toContain(move);
        for (const move of n6) expect(n7).toContain(move);
      }),
    );
  });
});

describe('walks', () => {
  test('the distance counts pairs on machines in another order', () => {
    fc.assert(
      fc.property(shapes, ([instance, seed]) => {
        const graph = randomGraph(instance, seed);
        const places = placesOf(graph, randomGraph(instance, seed + 1).order);
        const wrong = pairsOf(graph).filter(([u, v]) => places[u] > places[v]);
        expect(distance(graph, places)).toBe(wrong.length);
      }),
    );
  });

  test('every swap of a walk is one step nearer and leaves a schedule', () => {
    fc.assert(
      fc.property(shapes, fc.nat(20), ([instance, seed], steps) => {
        const graph = randomGraph(instance, seed);
        const places = placesOf(graph, randomGraph(instance, seed + 1).order);
        const apart = distance(graph, places);
        const walk = walkTowards(graph, places, steps, createRng(seed));
        while (!walk.next().done);
        expect(distance(graph, places)).toBe(Math.max(0, apart - steps));
        expectConsistent(graph);
        expect(check(instance, { starts: startTimes(graph) }).feasible).toBe(true);
      }),
    );
  });

  test('a disturbed schedule is a schedule', () => {
    fc.assert(
      fc.property(shapes, ([instance, seed]) => {
        const graph = randomGraph(instance, seed);
        const walk = disturb(graph, 10, new Int32Array(graph.operations), createRng(seed));
        while (!walk.next().done);
        expectConsistent(graph);
        expect(check(instance, { starts: startTimes(graph) }).feasible).toBe(true);
      }),
    );
  });
});
