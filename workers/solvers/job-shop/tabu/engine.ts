/**
 * The moves of a tabu search on a graph: in WebAssembly where there is, else by its twin in
 * TypeScript, with the same outcome bit for bit.
 */
import type { Rng } from '../../../../src/core/rng.ts';
import type { PackedJobShop } from '../../../../src/problems/job-shop/instance.ts';
import { compile, instantiate, reserve, type KernelExports } from '../../common/wasm.ts';
import { createGraph, makespan, type Graph, type Placed } from '../graph.ts';
import { createTabuList, tabuCells, type Neighbourhood } from '../moves.ts';
import { wasm } from './kernel.wasm.ts';
import * as at from './layout.ts';
import { createTwin } from './twin.ts';

interface Kernel extends KernelExports {
  run(moves: number): number;
}

/** Parameters of a search. */
export interface Rules {
  neighbourhood: Neighbourhood;
  /** Tenures are uniform in tenure … tenure + spread − 1. */
  tenure: number;
  spread: number;
  /** Moves without improvement that end a search. */
  stall: number;
}

export interface Engine {
  graph: Graph;
  /** The order of the best schedule of the search: all nodes. */
  best: Int32Array;
  /** The search's numbers, by the places in `layout.ts`. */
  control: Int32Array;
  until: Int32Array;
  /**
   * Up to `moves` moves, at least 1; fewer when the search ends or finds a schedule shorter than
   * `WANTED`. @returns the moves made. O(moves · (operations + path · longest move)).
   */
  run(moves: number): number;
}

const places: Readonly<Record<Placed, number>> = {
  duration: at.DURATION,
  machine: at.MACHINE,
  slot: at.SLOT,
  lastOfJob: at.LAST_OF_JOB,
  tailGuard: at.TAIL_GUARD,
  headGuard: at.HEAD_GUARD,
  before: at.BEFORE,
  after: at.AFTER,
  head: at.HEAD,
  tail: at.TAIL,
  order: at.ORDER,
  place: at.PLACE,
};

/** Compiled when first wanted; null where the engine has no WebAssembly or may not compile. */
let compiled: WebAssembly.Module | null | undefined;

function load(bytes: number): Kernel | null {
  try {
    compiled ??= compile(wasm);
    const kernel = instantiate<Kernel>(compiled);
    reserve(kernel.memory, bytes - kernel.memory.buffer.byteLength);
    return kernel;
  } catch {
    return null;
  }
}

/** @param kind `twin` never uses WebAssembly. */
export function createEngine(
  packed: PackedJobShop,
  rng: Rng,
  rules: Rules,
  kind: 'fastest' | 'twin' = 'fastest',
): Engine {
  const machineSize = new Int32Array(packed.machines);
  for (const machine of packed.machine) machineSize[machine]++;
  const cells = tabuCells({ machineSize });
  const kernel = kind === 'twin' ? null : load(at.UNTIL + 4 * cells);
  const allot = (address: number, length: number) =>
    kernel ? new Int32Array(kernel.memory.buffer, address, length) : new Int32Array(length);
  const graph = createGraph(packed, (name, length) => allot(places[name], length));
  const { operations } = graph;
  const list = createTabuList(graph, allot(at.UNTIL, cells), allot(at.ROW, graph.machine.length));
  const best = allot(at.BEST, operations);
  const control = allot(at.CONTROL, at.CONTROLS);
  control[at.NEIGHBOURHOOD] = Number(rules.neighbourhood[1]);
  control[at.TENURE] = rules.tenure;
  control[at.SPREAD] = rules.spread;
  control[at.STALL] = rules.stall;
  control[at.OPERATIONS] = operations;
  control[at.JOBS] = graph.lastOfJob.length;
  control[at.MASK] = list.mask;
  for (let i = 0; i < 4; i++) control[at.RANDOM + i] = rng.uint32();
  const run = kernel ? kernel.run : createTwin(graph, list, control, best);
  return { graph, best, control, until: list.until, run };
}

/** Past this move the tabu list is cleared, before numbers end. */
const lastMove = 2 ** 30;

/** Starts a search from the schedule in the graph, with nothing tabu. O(operations). */
export function startSearch({ graph, best, control, until }: Engine): void {
  control[at.NOW] += control[at.TENURE] + control[at.SPREAD];
  if (control[at.NOW] > lastMove) {
    control[at.NOW] = 0;
    until.fill(0);
  }
  control[at.IMPROVED] = control[at.NOW];
  control[at.CURRENT] = control[at.OWN] = makespan(graph);
  control[at.STUCK] = 0;
  best.set(graph.order);
}

/** Whether the search has come to its end. */
export const hasEnded = ({ control }: Engine): boolean =>
  control[at.STUCK] === 1 || control[at.NOW] - control[at.IMPROVED] >= control[at.STALL];
