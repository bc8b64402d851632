/**
 * Where a tabu search keeps its state in linear memory, in bytes: constants, so that the kernel's
 * loads carry them in the instruction. Read by the kernel's compiler too: plain integers only.
 */

/** Nodes that fit: operations, jobs and one more, at the limits of an instance. */
export const NODES = 12288;
/** Bytes of an array over nodes, and 13 cache lines so that equal nodes fall into different sets. */
export const STRIDE = 49984;

/** What the compiler itself may use comes first. */
export const START = 65536;

/** Integers of the search's own: see below. */
export const CONTROL = 65536;
/** Arrays over nodes. */
export const HEAD = 66560;
export const TAIL = HEAD + STRIDE;
export const BEFORE = TAIL + STRIDE;
export const AFTER = BEFORE + STRIDE;
export const DURATION = AFTER + STRIDE;
export const ORDER = DURATION + STRIDE;
export const PLACE = ORDER + STRIDE;
export const MACHINE = PLACE + STRIDE;
export const SLOT = MACHINE + STRIDE;
export const ROW = SLOT + STRIDE;
export const TAIL_GUARD = ROW + STRIDE;
export const HEAD_GUARD = TAIL_GUARD + STRIDE;
export const LAST_OF_JOB = HEAD_GUARD + STRIDE;
/** The order of the best schedule of this search. */
export const BEST = LAST_OF_JOB + STRIDE;
/** Scratch: marks of a window, nodes put aside, a longest path and the times along a move. */
export const MARK = BEST + STRIDE;
export const BUFFER = MARK + STRIDE;
export const PATH = BUFFER + STRIDE;
export const TIMES = PATH + STRIDE;
/** Scratch: possible moves, two integers each, eight an operation at most. */
export const POSSIBLE = TIMES + STRIDE;
/** The tabu list, to the end of memory. */
export const UNTIL = POSSIBLE + 8 * STRIDE;

/** Places in CONTROL, in integers. Moves made since the tabu list was cleared: */
export const NOW = 0;
/** Makespan of the graph, of the best of this search, and of what would be new to the caller. */
export const CURRENT = 1;
export const OWN = 2;
export const WANTED = 3;
/** Move at which this search last improved, and how many moves without improvement end it. */
export const IMPROVED = 4;
export const STALL = 5;
/** Shortest tenure and how many values it takes. */
export const TENURE = 6;
export const SPREAD = 7;
/** 5, 6 or 7. */
export const NEIGHBOURHOOD = 8;
/** 1 when there was no move at all. */
export const STUCK = 9;
export const OPERATIONS = 10;
export const JOBS = 11;
/** Cells of the tabu list less one. */
export const MASK = 12;
/** Last value written to MARK. */
export const STAMP = 13;
/** Four words of xoshiro128**. */
export const RANDOM = 14;
export const CONTROLS = 18;

/** Operations one move may pass: blocks of thousands would cost the square of their length. */
export const LONGEST_MOVE = 50;
/** "No move": more than any makespan. */
export const NONE = 0x7fffffff;
