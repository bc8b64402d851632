/**
 * Bounds and the proof of optimality on an alternative graph, beside a search that brings good
 * schedules: destructive bounds (Klein & Scholl 1999), first by propagation alone, then with every
 * pair tried both ways (Martin & Shmoys 1996), then the whole tree.
 */
import type { JobShopSolution, PackedJobShop } from '../../../../src/problems/job-shop/instance.ts';
import type { SideTask } from '../../common/interleave.ts';
import { branch, createTree, type Verdict } from './branch.ts';
import {
  assume,
  createNet,
  makespanOf,
  propagate,
  startTimes,
  take,
  undo,
  type Net,
} from './net.ts';

/** What search and proof tell each other. */
export interface Shared {
  /** Makespan of the best schedule known. */
  best: number;
  /** Proven lower bound. */
  bound: number;
}

/** Nodes between two returns of control. */
const part = 8;

/** Ends when the bound meets the best. A step is a node: a way tried with all that follows. */
export function* prove(packed: PackedJobShop, shared: Shared): SideTask<JobShopSolution> {
  const net = createNet(packed);
  yield 0;
  for (const probing of [false, true]) {
    let stride = 1;
    let holds = Infinity;
    for (;;) {
      const top = Math.min(holds, shared.best) - 1;
      if (shared.bound > top) break;
      const limit =
        holds === Infinity
          ? Math.min(top, shared.bound + stride - 1)
          : Math.floor((shared.bound + top) / 2);
      const { trailed, open } = net;
      yield 1;
      assume(net, limit);
      const refuted = !propagate(net) || (probing && !(yield* probe(net)));
      undo(net, trailed, open);
      if (refuted) {
        shared.bound = limit + 1;
        const by = probing ? 'shaving' : 'longest paths';
        yield { kind: 'bound', value: shared.bound, proof: `destructive bound (${by})` };
        stride *= 2;
      } else holds = limit;
    }
    if (shared.bound >= shared.best) return;
  }
  assume(net, shared.best - 1);
  if (propagate(net)) {
    const tree = createTree(net);
    let verdict: Verdict = net.open === 0 ? 'solved' : 'open';
    while (verdict !== 'refuted') {
      if (verdict === 'solved') {
        const makespan = makespanOf(net);
        if (makespan < shared.best) {
          shared.best = makespan;
          const solution = { starts: startTimes(net) };
          yield { kind: 'incumbent', solution, objective: makespan };
        }
        verdict = 'open';
      }
      yield part;
      for (let i = 0; i < part && verdict === 'open'; i++) {
        if (shared.bound >= shared.best) return;
        assume(net, shared.best - 1);
        verdict = branch(tree);
      }
    }
  }
  shared.bound = shared.best;
  yield { kind: 'bound', value: shared.bound, proof: 'branch and bound' };
}

/** Tries both ways of every open pair. @returns false when both of one are refuted. */
function* probe(net: Net): Generator<number, boolean, void> {
  for (let since = 0, pair = 0; since < net.first.length; pair = (pair + 1) % net.first.length) {
    since++;
    for (let way = 0; way < 2 && net.place[pair] < net.open; way++) {
      const { trailed, open } = net;
      const possible = take(net, 2 * pair + way) && propagate(net);
      undo(net, trailed, open);
      yield 1;
      if (possible) continue;
      if (!take(net, 2 * pair + 1 - way) || !propagate(net)) return false;
      since = 0;
    }
  }
  return true;
}
