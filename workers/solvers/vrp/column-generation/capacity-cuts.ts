/**
 * Rounded capacity cuts (Laporte, Nobert & Desrochers 1985): the routes cross the border of a set S of
 * customers at least 2⌈q(S)/Q⌉ times. They only change the prices of edges, so pricing stays as it is.
 */
import type { Relaxation } from './relaxation.ts';
import type { Column, Cut } from './master.ts';

export interface CapacityCut extends Cut {
  /** By node: 1 in S. */
  members: Uint8Array;
}

/** Violations below are left alone. */
const LEAST_VIOLATION = 0.05;
/** Values of the linear program below count as 0. */
const NOTHING = 1e-6;

/** How often the plan of the linear program uses the edge i–j; size², symmetric. O(columns · length) */
export function supportOf(
  size: number,
  columns: readonly Column[],
  values: Float64Array,
): Float64Array {
  const support = new Float64Array(size * size);
  columns.forEach(({ route }, column) => {
    const value = values[column];
    if (value <= NOTHING) return;
    let at = 0;
    for (let i = 0; i <= route.length; i++) {
      const to = i < route.length ? route[i] : 0;
      support[at * size + to] += value;
      support[to * size + at] += value;
      at = to;
    }
  });
  return support;
}

function cutOf(relaxation: Relaxation, members: Uint8Array): CapacityCut {
  let demand = 0;
  for (let i = 1; i < relaxation.size; i++) if (members[i] === 1) demand += relaxation.demand[i];
  return {
    members,
    lower: 2 * Math.ceil(demand / relaxation.capacity),
    upper: Infinity,
    coefficient(route) {
      let crossings = 0;
      let inside = 0;
      for (const customer of route) {
        if (members[customer] !== inside) crossings++;
        inside = members[customer];
      }
      return crossings + inside;
    },
  };
}

/**
 * Looks for violated cuts: grows a set from every customer by the one most joined to it (Augerat et
 * al. 1998), and looks at the connected parts without the depot and at complements. Heuristic.
 * O(n³) at worst.
 * @param known keys of the cuts there are; new ones are added to it
 */
export function separateCapacity(
  relaxation: Relaxation,
  support: Float64Array,
  most: number,
  known: Set<string>,
): CapacityCut[] {
  if (relaxation.optional) return [];
  const { size, n, demand, capacity } = relaxation;
  const candidates: { members: Uint8Array; violation: number }[] = [];
  const seen = new Set<string>();
  let total = 0;
  for (let i = 1; i <= n; i++) total += demand[i];

  const offer = (members: Uint8Array, border: number, load: number): void => {
    const violation = 2 * Math.ceil(load / capacity) - border;
    if (violation < LEAST_VIOLATION) return;
    const key = members.join('');
    if (seen.has(key) || known.has(key)) return;
    seen.add(key);
    candidates.push({ members: members.slice(), violation });
  };
  /** What is left of the customers, with its own border. */
  const offerComplement = (members: Uint8Array, load: number): void => {
    const rest = members.map((inside, i) => (i === 0 ? 0 : 1 - inside));
    let border = 0;
    for (let i = 1; i <= n; i++)
      if (rest[i] === 1)
        for (let j = 0; j <= n; j++) if (rest[j] === 0) border += support[i * size + j];
    offer(rest, border, total - load);
  };

  const joined = new Float64Array(size);
  for (let seed = 1; seed <= n; seed++) {
    const members = new Uint8Array(size);
    joined.fill(0);
    let border = 0;
    let load = 0;
    let next = seed;
    while (next > 0) {
      members[next] = 1;
      load += demand[next];
      // A customer has degree 2 in all, of which what joins it to the set no longer crosses.
      let degree = 0;
      for (let j = 0; j <= n; j++) {
        degree += support[next * size + j];
        joined[j] += support[next * size + j];
      }
      border += degree - 2 * (joined[next] - support[next * size + next]);
      offer(members, border, load);
      next = 0;
      let best = NOTHING;
      for (let j = 1; j <= n; j++)
        if (members[j] === 0 && joined[j] > best + NOTHING) {
          best = joined[j];
          next = j;
        }
    }
    // The connected part without the depot is complete now.
    offerComplement(members, load);
  }
  candidates.sort((a, b) => b.violation - a.violation);
  const chosen: CapacityCut[] = [];
  for (const { members } of candidates) {
    if (chosen.length >= most) break;
    known.add(members.join(''));
    chosen.push(cutOf(relaxation, members));
  }
  return chosen;
}
