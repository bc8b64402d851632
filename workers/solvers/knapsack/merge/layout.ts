/**
 * Places of the numbers that the kernel hands back, doubles. Read by the kernel's compiler too: plain
 * integers only.
 */

export const PLAIN = 0;
export const SHIFTED = 1;
export const WRITTEN = 2;
export const NODE_COUNT = 3;
export const HIGHEST = 4;
export const BOUND = 5;
export const BEST = 6;
/** Of the last state that was better than the best: the node before it, and whether it is new. */
export const BEST_FROM = 7;
export const BEST_IS_NEW = 8;
export const RESULTS = 9;
