/**
 * Planning the open part anew: strings of customers nobody has left for are taken out of routes near
 * one another and put back, under annealing (after Christiaens & Vanden Berghe 2020).
 */
import { log } from '../../../../src/core/math.ts';
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Rng } from '../../../../src/core/rng.ts';
import type { RichModel } from '../rich/model.ts';
import type { Fleet } from './fleet.ts';

const MEAN_REMOVED = 8;
const LONGEST_STRING = 8;
const BLINK = 0.01;
/** Start temperature, relative to the mean cost of a visit. */
const HEAT = 0.3;

export interface Replanner {
  /** Puts in all who are out, those whose window closes first at first. Without chance. */
  insert(): void;
  /** Goes on for so many steps, one per yield, and ends with the best plan seen. */
  improve(steps: number): Generator<void, void, void>;
}

export function createReplanner(
  model: RichModel,
  fleet: Fleet,
  neighbours: Neighbours,
  rng: Rng,
): Replanner {
  const { n, nodes, demand, due, ready, distance, side, home } = model;
  const { next, prev, routeOf, frozen, out } = fleet;
  const { list, k } = neighbours;
  const before = fleet.snapshot();
  const best = fleet.snapshot();
  const pool = new Int32Array(n);
  let pooled = 0;
  const key = new Float64Array(n + 1);
  const open = new Int32Array(n);
  const ruined = new Int32Array(n + 1).fill(-1);
  const string = new Int32Array(LONGEST_STRING);
  const random = () => rng.float();

  const isOpen = (node: number): boolean => node < nodes && frozen[node] === 0;

  function sortPool(): void {
    for (let i = 1; i < pooled; i++) {
      const c = pool[i];
      let j = i - 1;
      for (; j >= 0 && key[pool[j]] > key[c]; j--) pool[j + 1] = pool[j];
      pool[j + 1] = c;
    }
  }

  function takeAllOut(): void {
    for (let i = 0; i < fleet.outs; i++) pool[pooled++] = out[i];
    fleet.outs = 0;
  }

  function recreate(blink: number): void {
    for (let i = 0; i < pooled; i++) fleet.place(pool[i], random, blink);
    pooled = 0;
  }

  /** Takes a string of open customers around one of them out of its route. */
  function takeString(customer: number): void {
    const route = routeOf[customer];
    let length = 1 + rng.int(LONGEST_STRING);
    let node = customer;
    for (let back = rng.int(length); back > 0 && isOpen(prev[node]); back--) node = prev[node];
    let taken = 0;
    while (length > 0 && isOpen(node)) {
      string[taken++] = node;
      node = next[node];
      length--;
    }
    // The other end of a pair may have gone along.
    for (let i = 0; i < taken; i++)
      if (routeOf[string[i]] === route) pool[pooled++] = fleet.remove(string[i]);
    fleet.refresh(route);
  }

  function ruin(step: number, opens: number): void {
    const strings = 1 + rng.int(Math.max(1, Math.floor((2 * MEAN_REMOVED) / LONGEST_STRING) + 1));
    const seed = open[rng.int(opens)];
    let taken = 0;
    for (let i = -1; i < k && taken < strings; i++) {
      const c = i < 0 ? seed : list[(seed - 1) * k + i] + 1;
      const route = routeOf[c];
      if (route < 0 || frozen[c] === 1 || ruined[route] === step) continue;
      ruined[route] = step;
      takeString(c);
      taken++;
    }
  }

  function chooseOrder(): void {
    const rule = rng.int(5);
    for (let i = 0; i < pooled; i++) {
      const c = pool[i];
      const far = distance[home[0] * side + c];
      key[c] =
        rule === 0
          ? rng.float()
          : rule === 1
            ? -demand[c]
            : rule === 2
              ? -far
              : rule === 3
                ? due[c]
                : due[c] - ready[c];
    }
    sortPool();
  }

  return {
    insert() {
      takeAllOut();
      for (let i = 0; i < pooled; i++) key[pool[i]] = due[pool[i]];
      sortPool();
      recreate(0);
    },
    *improve(steps) {
      let served = 0;
      for (let c = 1; c <= n; c++) if (routeOf[c] >= 0) served++;
      let current = fleet.total();
      let least = current;
      best.save();
      const hot = (HEAT * Math.max(1, fleet.cost)) / Math.max(1, served);
      ruined.fill(-1);
      for (let step = 0; step < steps; step++) {
        let opens = 0;
        for (let c = 1; c <= n; c++) if (routeOf[c] >= 0 && frozen[c] === 0) open[opens++] = c;
        if (opens === 0) break;
        before.save();
        ruin(step, opens);
        takeAllOut();
        chooseOrder();
        recreate(BLINK);
        const total = fleet.total();
        const temperature = hot * (1 - step / steps);
        const slack = -temperature * log((rng.uint32() + 1) / 4294967296);
        if (fleet.isSound() && total < current + slack) {
          current = total;
          if (total < least - 1e-9 * Math.abs(least)) {
            least = total;
            best.save();
          }
        } else before.restore();
        yield;
      }
      best.restore();
    },
  };
}
