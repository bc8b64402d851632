/**
 * Rounded capacity cuts (Laporte, Nobert & Desrochers 1985): the routes cross the border of a set S of
 * customers at least 2⌈q(S)/Q⌉ times. They only change the prices of edges, so pricing stays as it is.
 * With vehicles of several capacities Q(k), a route that comes to S counts ⌈Q(k)/D⌉ times and they
 * must come ⌈q(S)/D⌉ times, for any D (Chvátal–Gomory rounding; Pessoa, Uchoa & Poggi de Aragão 2009).
 */
import { fewestFor, type Relaxation } from './network.ts';
import type { Column, Cut } from './master.ts';

export interface CapacityCut extends Cut {
  /** By node: 1 in S. */
  members: Uint8Array;
  /** How often a crossing counts, by kind of vehicle. */
  weights: Float64Array;
}

/** Cuts that count vehicles alike. */
interface Rule {
  weights: Float64Array;
  /** How often vehicles must come for such a load. */
  need(load: number): number;
}

/** Violations below are left alone. */
const LEAST_VIOLATION = 0.05;
/** Values of the linear program below count as 0. */
const NOTHING = 1e-6;
/** Most that a crossing counts. */
const MOST_WEIGHT = 64;

/** Each vehicle as one, then by parts of each capacity. O(kinds²) */
function rulesOf({ networks }: Relaxation): Rule[] {
  const capacities = [...new Set(networks.map(({ capacity }) => capacity))];
  const largest = Math.max(...capacities);
  const divisors = new Set(capacities);
  divisors.add(capacities.reduce(commonDivisor));
  divisors.delete(largest);
  return [
    {
      weights: new Float64Array(networks.length).fill(1),
      need: (load) => fewestFor(networks, load),
    },
    ...[...divisors]
      .filter((part) => largest / part <= MOST_WEIGHT)
      .map((part) => ({
        weights: Float64Array.from(networks, ({ capacity }) => Math.ceil(capacity / part)),
        need: (load: number) => Math.ceil(load / part),
      })),
  ];
}

function commonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/** How often the plan of the linear program uses the edge i–j; size², symmetric. O(columns · length) */
export function supportOf(
  size: number,
  columns: readonly Column[],
  values: Float64Array,
  weights: Float64Array,
): Float64Array {
  const support = new Float64Array(size * size);
  columns.forEach(({ kind, stops }, column) => {
    if (values[column] <= NOTHING) return;
    const value = values[column] * weights[kind];
    let at = 0;
    for (let i = 0; i <= stops.length; i++) {
      const to = i < stops.length ? stops[i] : 0;
      support[at * size + to] += value;
      support[to * size + at] += value;
      at = to;
    }
  });
  return support;
}

function cutOf(members: Uint8Array, { weights }: Rule, need: number): CapacityCut {
  return {
    members,
    weights,
    lower: 2 * need,
    upper: Infinity,
    coefficient({ kind, stops }) {
      let crossings = 0;
      let inside = 0;
      for (const customer of stops) {
        if (members[customer] !== inside) crossings++;
        inside = members[customer];
      }
      return weights[kind] * (crossings + inside);
    },
  };
}

/**
 * Looks for violated cuts: grows a set from every customer by the one most joined to it (Augerat et
 * al. 1998), and looks at the connected parts without the depot and at complements. Only customers
 * that must be served count. Heuristic. O(n³ · kinds) at worst.
 * @param known keys of the cuts there are; new ones are added to it
 */
export function separateCapacity(
  relaxation: Relaxation,
  columns: readonly Column[],
  values: Float64Array,
  most: number,
  known: Set<string>,
): CapacityCut[] {
  return rulesOf(relaxation).flatMap((rule, index) =>
    separateRule(relaxation, columns, values, rule, `${index}:`, most, known),
  );
}

function separateRule(
  { size, n, networks, prize }: Relaxation,
  columns: readonly Column[],
  values: Float64Array,
  rule: Rule,
  name: string,
  most: number,
  known: Set<string>,
): CapacityCut[] {
  const { demand, backhaul } = networks[0];
  const support = supportOf(size, columns, values, rule.weights);
  const candidates: { members: Uint8Array; need: number; violation: number }[] = [];
  const seen = new Set<string>();
  // Deliveries and backhauls each have the vehicle for themselves.
  const delivery = new Float64Array(size);
  const pickup = new Float64Array(size);
  for (let i = 1; i <= n; i++)
    if (prize[i] === Infinity) (backhaul?.[i] === 1 ? pickup : delivery)[i] = demand[i];
  const total = delivery.reduce((sum, load) => sum + load, 0);
  const totalBack = pickup.reduce((sum, load) => sum + load, 0);

  const offer = (members: Uint8Array, border: number, load: number, back: number): void => {
    const need = Math.max(rule.need(load), rule.need(back));
    const violation = 2 * need - border;
    if (violation < LEAST_VIOLATION) return;
    const key = name + members.join('');
    if (seen.has(key) || known.has(key)) return;
    seen.add(key);
    candidates.push({ members: members.slice(), need, violation });
  };
  /** What is left of the customers, with its own border. */
  const offerComplement = (members: Uint8Array, load: number, back: number): void => {
    const rest = members.map((inside, i) => (i === 0 ? 0 : 1 - inside));
    let border = 0;
    for (let i = 1; i <= n; i++)
      if (rest[i] === 1)
        for (let j = 0; j <= n; j++) if (rest[j] === 0) border += support[i * size + j];
    offer(rest, border, total - load, totalBack - back);
  };

  const joined = new Float64Array(size);
  for (let seed = 1; seed <= n; seed++) {
    const members = new Uint8Array(size);
    joined.fill(0);
    let border = 0;
    let load = 0;
    let back = 0;
    let next = seed;
    while (next > 0) {
      members[next] = 1;
      load += delivery[next];
      back += pickup[next];
      // Of a customer's degree, what joins it to the set no longer crosses.
      let degree = 0;
      for (let j = 0; j <= n; j++) {
        degree += support[next * size + j];
        joined[j] += support[next * size + j];
      }
      border += degree - 2 * (joined[next] - support[next * size + next]);
      offer(members, border, load, back);
      next = 0;
      let best = NOTHING;
      for (let j = 1; j <= n; j++)
        if (members[j] === 0 && joined[j] > best + NOTHING) {
          best = joined[j];
          next = j;
        }
    }
    // The connected part without the depot is complete now.
    offerComplement(members, load, back);
  }
  // Everything at once: how many vehicles there must be.
  if (networks.length > 1) offerComplement(new Uint8Array(size), 0, 0);
  candidates.sort((a, b) => b.violation - a.violation);
  return candidates.slice(0, most).map(({ members, need }) => {
    known.add(name + members.join(''));
    return cutOf(members, rule, need);
  });
}
