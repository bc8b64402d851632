/** The kernel's search in TypeScript: where there is no WebAssembly, and to test the kernel against. */
import { longestPath, makespan, type Draws, type Graph } from '../graph.ts';
import {
  createScan,
  makeMove,
  pickPossible,
  scanMoves,
  type Neighbourhood,
  type TabuList,
} from '../moves.ts';
import {
  CURRENT,
  IMPROVED,
  NEIGHBOURHOOD,
  NONE,
  NOW,
  OWN,
  RANDOM,
  SPREAD,
  STALL,
  STUCK,
  TENURE,
  WANTED,
} from './layout.ts';

/** xoshiro128** (Blackman & Vigna 2018) with its four words in the control array. */
function drawsOf(control: Int32Array): Draws {
  const uint32 = (): number => {
    const s0 = control[RANDOM];
    const s1 = control[RANDOM + 1];
    const s2 = control[RANDOM + 2] ^ s0;
    const s3 = control[RANDOM + 3] ^ s1;
    control[RANDOM] = s0 ^ s3;
    control[RANDOM + 1] = s1 ^ s2;
    control[RANDOM + 2] = s2 ^ (s1 << 9);
    control[RANDOM + 3] = (s3 << 11) | (s3 >>> 21);
    const product = Math.imul(s1, 5);
    return Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
  };
  return { uint32, int: (n) => Math.floor((uint32() / 4294967296) * n) };
}

/** `run` of the kernel over the same state. */
export function createTwin(
  graph: Graph,
  list: TabuList,
  control: Int32Array,
  best: Int32Array,
): (moves: number) => number {
  const draws = drawsOf(control);
  const scan = createScan(graph);
  const path = new Int32Array(graph.operations);
  return (moves) => {
    const neighbourhood = `N${control[NEIGHBOURHOOD]}` as Neighbourhood;
    let move = control[NOW];
    let current = control[CURRENT];
    let done = 0;
    let stuck = false;
    while (done < moves && !stuck && move - control[IMPROVED] < control[STALL]) {
      move++;
      done++;
      const own = control[OWN];
      const count = longestPath(graph, current, draws, path);
      scanMoves(graph, list, scan, path, count, neighbourhood, move, own, draws);
      stuck = scan.estimate === NONE && !pickPossible(scan, draws);
      if (!stuck) {
        makeMove(graph, list, scan, move + control[TENURE] + draws.int(control[SPREAD]));
        current = makespan(graph);
      }
      if (current < own) {
        control[OWN] = current;
        control[IMPROVED] = move;
        best.set(graph.order);
        if (current < control[WANTED]) break;
      }
    }
    control[NOW] = move;
    control[CURRENT] = current;
    control[STUCK] = stuck ? 1 : 0;
    return done;
  };
}
