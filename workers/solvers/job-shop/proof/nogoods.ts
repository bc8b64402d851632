/**
 * Combinations of decisions found impossible, kept over restarts (Lecoutre, Saïs, Tabary & Vidal
 * 2007), as clauses with two watched literals. A literal is a pair: it holds when the pair's first
 * goes first.
 */
import { decidePair, type Space } from './space.ts';

export interface Nogoods {
  /** Literals of all clauses; the first two of each are watched. */
  clauses: number[][];
  /** By literal: clauses that watch it. */
  watching: number[][];
}

export const createNogoods = (space: Space): Nogoods => ({
  clauses: [],
  watching: Array.from({ length: space.order.length }, () => []),
});

/** Keeps only the first `count` clauses: the others hold under a lower limit only. */
export function keepFirst(nogoods: Nogoods, count: number): void {
  for (let index = nogoods.clauses.length - 1; index >= count; index--)
    for (let k = 0; k < 2; k++) {
      const list = nogoods.watching[nogoods.clauses[index][k]];
      list.splice(list.indexOf(index), 1);
    }
  nogoods.clauses.length = count;
}

/** One of the literals, at least two and none of them decided, holds. */
export function addClause(nogoods: Nogoods, literals: number[]): void {
  const index = nogoods.clauses.push(literals) - 1;
  nogoods.watching[literals[0]].push(index);
  nogoods.watching[literals[1]].push(index);
}

/** Tells the clauses of every pair decided since the last call. @returns false on a contradiction. */
export function learnt(space: Space, nogoods: Nogoods): boolean {
  const { order } = space;
  if (nogoods.clauses.length === 0) {
    space.seen = space.decidedCount;
    return true;
  }
  while (space.seen < space.decidedCount) {
    const refuted = space.back[space.decided[space.seen++]];
    const list = nogoods.watching[refuted];
    let kept = 0;
    let possible = true;
    space.work += 4 * list.length;
    for (let i = 0; i < list.length; i++) {
      const index = list[i];
      const clause = nogoods.clauses[index];
      if (possible) {
        if (clause[0] === refuted) {
          clause[0] = clause[1];
          clause[1] = refuted;
        }
        if (order[clause[0]] <= 0) {
          let k = 2;
          while (k < clause.length && order[clause[k]] < 0) k++;
          if (k < clause.length) {
            clause[1] = clause[k];
            clause[k] = refuted;
            nogoods.watching[clause[1]].push(index);
            continue;
          }
          possible = decidePair(space, clause[0]);
        }
      }
      list[kept++] = index;
    }
    list.length = kept;
    if (!possible) return false;
  }
  return true;
}
