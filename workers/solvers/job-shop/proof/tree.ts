/**
 * Θ-Λ trees (Vilím 2004, 2007): the earliest end of a set Θ of a machine's operations, and the
 * latest that it gets by adding one of a second set Λ, kept under insertion and removal. Leaves
 * stand by earliest start. Each update O(log leaves), all queries O(1).
 */

/** Earliest end of the empty set. */
const never = -(2 ** 30);

export interface ThetaTree {
  /** Leaves, a power of 2; node 1 is the root and leaf i is node leaves + i. */
  leaves: number;
  /** Total duration and earliest end of Θ. */
  sum: Int32Array;
  end: Int32Array;
  /** The same with at most one of Λ added, and which leaf that is; −1 when none is. */
  greySum: Int32Array;
  greyEnd: Int32Array;
  sumBy: Int32Array;
  endBy: Int32Array;
}

/** For up to `capacity` operations. */
export function createTree(capacity: number): ThetaTree {
  let size = 1;
  while (size < capacity) size *= 2;
  const array = () => new Int32Array(2 * size);
  return {
    leaves: size,
    sum: array(),
    end: array(),
    greySum: array(),
    greyEnd: array(),
    sumBy: array(),
    endBy: array(),
  };
}

/** Empties both sets and makes room for `count` operations, at most the capacity. */
export function clearTree(tree: ThetaTree, count: number): void {
  let size = 1;
  while (size < count) size *= 2;
  tree.leaves = size;
  tree.sum.fill(0, 0, 2 * size);
  tree.end.fill(never, 0, 2 * size);
  tree.greySum.fill(0, 0, 2 * size);
  tree.greyEnd.fill(never, 0, 2 * size);
  tree.sumBy.fill(-1, 0, 2 * size);
  tree.endBy.fill(-1, 0, 2 * size);
}

/** Sets a leaf of Θ without the nodes above: call `build` when all are set. */
export function setLeaf(tree: ThetaTree, leaf: number, start: number, duration: number): void {
  const node = tree.leaves + leaf;
  tree.sum[node] = tree.greySum[node] = duration;
  tree.end[node] = tree.greyEnd[node] = start + duration;
}

/** All inner nodes. O(leaves). */
export function build(tree: ThetaTree): void {
  for (let node = tree.leaves - 1; node > 0; node--) combine(tree, node);
}

/** Puts a leaf into Θ. */
export function insert(tree: ThetaTree, leaf: number, start: number, duration: number): void {
  setLeaf(tree, leaf, start, duration);
  climbPlain(tree, (tree.leaves + leaf) >> 1);
}

/** Takes a leaf out of Θ, of trees without Λ. */
export function removePlain(tree: ThetaTree, leaf: number): void {
  const node = tree.leaves + leaf;
  tree.sum[node] = 0;
  tree.end[node] = never;
  climbPlain(tree, node >> 1);
}

/** Moves a leaf from Θ to Λ. */
export function grey(tree: ThetaTree, leaf: number): void {
  const node = tree.leaves + leaf;
  tree.sum[node] = 0;
  tree.end[node] = never;
  tree.sumBy[node] = tree.endBy[node] = leaf;
  climb(tree, node >> 1);
}

/** Takes a leaf out of Λ. */
export function dropGrey(tree: ThetaTree, leaf: number): void {
  const node = tree.leaves + leaf;
  tree.greySum[node] = 0;
  tree.greyEnd[node] = never;
  tree.sumBy[node] = tree.endBy[node] = -1;
  climb(tree, node >> 1);
}

function climb(tree: ThetaTree, from: number): void {
  for (let node = from; node > 0; node >>= 1) combine(tree, node);
}

function climbPlain(tree: ThetaTree, from: number): void {
  const { sum, end } = tree;
  for (let node = from; node > 0; node >>= 1) {
    const right = 2 * node + 1;
    sum[node] = sum[right - 1] + sum[right];
    const through = end[right - 1] + sum[right];
    end[node] = through > end[right] ? through : end[right];
  }
}

function combine(tree: ThetaTree, node: number): void {
  const { sum, end, greySum, greyEnd, sumBy, endBy } = tree;
  const left = 2 * node;
  const right = left + 1;
  const leftEnd = end[left];
  const rightSum = sum[right];
  sum[node] = sum[left] + rightSum;
  const through = leftEnd + rightSum;
  end[node] = through > end[right] ? through : end[right];
  const greyLeft = greySum[left] + rightSum;
  const greyRight = sum[left] + greySum[right];
  if (greyLeft >= greyRight) {
    greySum[node] = greyLeft;
    sumBy[node] = sumBy[left];
  } else {
    greySum[node] = greyRight;
    sumBy[node] = sumBy[right];
  }
  let best = greyEnd[right];
  let by = endBy[right];
  const leftLate = greyEnd[left] + rightSum;
  if (leftLate > best) {
    best = leftLate;
    by = endBy[left];
  }
  const rightLate = leftEnd + greySum[right];
  if (rightLate > best) {
    best = rightLate;
    by = sumBy[right];
  }
  greyEnd[node] = best;
  endBy[node] = by;
}
