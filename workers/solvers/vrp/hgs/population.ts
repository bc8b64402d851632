/**
 * The plans a genetic search keeps: those that keep all constraints and those that do not, apart.
 * Survivors and parents are chosen by cost and by how much they differ from the rest (Vidal 2012).
 */
import type { Rng } from '../../../../src/core/rng.ts';
import type { Rates } from './penalties.ts';
import { DURATION, LOAD, WARP } from './penalties.ts';
import type { Giant } from './tours.ts';

export interface Individual extends Giant {
  /** Neighbours on the routes by customer; 0 is the depot. */
  next: Int32Array;
  prev: Int32Array;
  distance: number;
  overload: number;
  overtime: number;
  warp: number;
  /** Distance, and what the broken constraints pay at the rates of the day. */
  cost: number;
}

export interface PopulationSizes {
  /** Survivors of each kind. */
  least: number;
  /** So many more are bred before the worst go. */
  brood: number;
  /** Best plans that always survive. */
  elite: number;
  /** Neighbours that count for diversity. */
  close: number;
}

export const SIZES: PopulationSizes = { least: 25, brood: 40, elite: 4, close: 5 };

export const costAt = (plan: Individual, rates: Rates): number =>
  plan.distance +
  rates[LOAD] * plan.overload +
  rates[DURATION] * plan.overtime +
  rates[WARP] * plan.warp;

export const isFeasible = (plan: Individual): boolean =>
  plan.overload === 0 && plan.overtime === 0 && plan.warp === 0;

export interface Population {
  /** Takes a plan in; when there are too many, the worst go. */
  add(plan: Individual): void;
  /** A parent: the better of two drawn at random. */
  parent(): Individual;
  /** Prices the infeasible plans anew. */
  reprice(): void;
  readonly feasible: number;
  readonly infeasible: number;
  clear(): void;
}

/** Share of customers whose neighbours differ (broken pairs, Prins 2009). O(n). */
export function brokenPairs(a: Individual, b: Individual): number {
  const { next, prev } = a;
  const otherNext = b.next;
  const otherPrev = b.prev;
  const n = next.length - 1;
  let broken = 0;
  for (let i = 1; i <= n; i++) {
    const after = next[i];
    if (after !== otherNext[i] && after !== otherPrev[i]) broken++;
    if (prev[i] === 0 && otherPrev[i] !== 0 && otherNext[i] !== 0) broken++;
  }
  return broken / n;
}

interface Member {
  plan: Individual;
  /** Column in the table of distances. */
  slot: number;
  fitness: number;
  /** Place by cost. */
  index: number;
  /** Distances to the closest others, the closest first, and how many there are. */
  near: Float64Array;
  found: number;
  /** Mean distance to the closest others. */
  lonely: number;
}

interface Group {
  members: Member[];
  add(plan: Individual): void;
  /** Ranks members by cost and diversity. */
  rank(): void;
  sort(): void;
  clear(): void;
}

function createGroup({ least, brood, elite, close }: PopulationSizes): Group {
  const most = least + brood + 1;
  const apart = new Float64Array(most * most);
  const free: number[] = [];
  for (let slot = most - 1; slot >= 0; slot--) free.push(slot);
  /** By cost. */
  const members: Member[] = [];
  /** The loneliest first, as of the last ranking. */
  const byDiversity: Member[] = [];

  /** Takes a distance among the closest, if it is one. */
  function note(member: Member, d: number): void {
    const { near } = member;
    if (member.found === close && d >= near[close - 1]) return;
    let at = member.found < close ? member.found++ : close - 1;
    for (; at > 0 && near[at - 1] > d; at--) near[at] = near[at - 1];
    near[at] = d;
  }

  function measure(member: Member): void {
    const { near, found } = member;
    let sum = 0;
    for (let i = 0; i < found; i++) sum += near[i];
    member.lonely = found === 0 ? 1 : sum / found;
  }

  function rank(): void {
    const count = members.length;
    for (let i = 0; i < count; i++) {
      members[i].index = i;
      measure(members[i]);
    }
    // Nearly in order: it changes little from one ranking to the next.
    for (let i = 1; i < count; i++) {
      const member = byDiversity[i];
      let at = i;
      for (; at > 0; at--) {
        const other = byDiversity[at - 1];
        if (
          other.lonely > member.lonely ||
          (other.lonely === member.lonely && other.index < member.index)
        )
          break;
        byDiversity[at] = other;
      }
      byDiversity[at] = member;
    }
    if (count === 1) members[0].fitness = 0;
    else
      for (let place = 0; place < count; place++) {
        const member = byDiversity[place];
        const weight = count <= elite ? 0 : 1 - elite / count;
        member.fitness = member.index / (count - 1) + (weight * place) / (count - 1);
      }
  }

  /** The worst of the clones, or, when there are none, of all; never the best. */
  function removeWorst(): void {
    rank();
    let worst = -1;
    let worstClone = false;
    let worstFitness = -Infinity;
    for (let i = 1; i < members.length; i++) {
      const { near, fitness } = members[i];
      const clone = near[0] === 0;
      if ((clone && !worstClone) || (clone === worstClone && fitness > worstFitness)) {
        worst = i;
        worstClone = clone;
        worstFitness = fitness;
      }
    }
    const [gone] = members.splice(worst, 1);
    byDiversity.splice(byDiversity.indexOf(gone), 1);
    free.push(gone.slot);
    for (const member of members) {
      const row = member.slot * most;
      if (apart[row + gone.slot] > member.near[member.found - 1]) continue;
      member.found = 0;
      for (const other of members) if (other !== member) note(member, apart[row + other.slot]);
    }
  }

  return {
    members,
    rank,
    add(plan) {
      const slot = free.pop()!;
      const member: Member = {
        plan,
        slot,
        fitness: 0,
        index: 0,
        near: new Float64Array(close),
        found: 0,
        lonely: 1,
      };
      for (const other of members) {
        const d = brokenPairs(plan, other.plan);
        apart[slot * most + other.slot] = d;
        apart[other.slot * most + slot] = d;
        note(member, d);
        note(other, d);
      }
      let at = members.length;
      while (at > 0 && members[at - 1].plan.cost > plan.cost) at--;
      members.splice(at, 0, member);
      byDiversity.push(member);
      if (members.length > least + brood) while (members.length > least) removeWorst();
    },
    sort() {
      // Stable: equal costs keep their order.
      members.sort((a, b) => a.plan.cost - b.plan.cost);
    },
    clear() {
      for (const { slot } of members) free.push(slot);
      members.length = 0;
      byDiversity.length = 0;
    },
  };
}

export function createPopulation(rates: Rates, rng: Rng, sizes: PopulationSizes): Population {
  const feasible = createGroup(sizes);
  const infeasible = createGroup(sizes);
  let stale = true;

  function draw(): Member {
    const at = rng.int(feasible.members.length + infeasible.members.length);
    return at < feasible.members.length
      ? feasible.members[at]
      : infeasible.members[at - feasible.members.length];
  }

  return {
    add(plan) {
      (isFeasible(plan) ? feasible : infeasible).add(plan);
      stale = true;
    },
    parent() {
      if (stale) {
        if (feasible.members.length > 0) feasible.rank();
        if (infeasible.members.length > 0) infeasible.rank();
        stale = false;
      }
      const one = draw();
      const other = draw();
      return one.fitness <= other.fitness ? one.plan : other.plan;
    },
    reprice() {
      for (const { plan } of infeasible.members) plan.cost = costAt(plan, rates);
      infeasible.sort();
      stale = true;
    },
    get feasible() {
      return feasible.members.length;
    },
    get infeasible() {
      return infeasible.members.length;
    },
    clear() {
      feasible.clear();
      infeasible.clear();
      stale = true;
    },
  };
}
