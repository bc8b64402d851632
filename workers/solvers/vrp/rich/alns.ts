/** What the adaptive large neighbourhood search takes out and how it puts it back. */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Rng } from '../../../../src/core/rng.ts';
import { DROP, type RichModel } from './model.ts';
import { createRegret } from './regret.ts';
import { createStringRuin, sortByRule } from './search.ts';
import type { RichState } from './state.ts';

export interface Operators {
  readonly destroy: readonly (() => void)[];
  readonly repair: readonly (() => void)[];
}

/** Chooses later entries of an ordered list less often (Ropke & Pisinger 2006). */
const DETERMINISM = 4;

export function createOperators(
  model: RichModel,
  neighbours: Neighbours,
  rng: Rng,
  state: RichState,
  removed: number,
): Operators {
  const { n, nodes, distance, side, end, home, kind, partner, prize } = model;
  const { plan, pool, takeOut } = state;
  const { list, k } = neighbours;
  const regret = createRegret(model, state);
  const order: number[] = [];
  const gain = new Float64Array(n + 1);
  const strings = createStringRuin(model, neighbours, rng, state, {
    meanRemoved: removed,
    maxString: 10,
    blink: 0,
  });

  /** How many to take out: 1 … 2·removed, at most half. */
  const amount = (): number => 1 + rng.int(Math.max(1, Math.min(2 * removed, n >> 1)));
  const anyCustomer = (): number => 1 + rng.int(n);

  /** Takes a customer out, or, where it was left out for its prize, tries it again. */
  function release(customer: number): void {
    const route = plan.routeOf[customer];
    if (route >= 0) {
      plan.touch(route);
      takeOut(customer);
    } else {
      const head = kind[customer] === DROP ? partner[customer] : customer;
      if (prize[head] < Infinity) state.toPool(head);
    }
  }

  function random(): void {
    for (let left = amount(); left > 0; left--) release(anyCustomer());
  }

  /** Near one another, mostly. */
  function related(): void {
    const seed = anyCustomer();
    release(seed);
    for (let left = amount() - 1; left > 0; left--) {
      const u = rng.float();
      const place = Math.min(k - 1, Math.floor(u * u * k));
      if (k > 0) release(list[(seed - 1) * k + place] + 1);
    }
  }

  /** Those whose removal saves most, mostly. */
  function worst(): void {
    order.length = 0;
    for (let a = 0; a < plan.actives; a++) {
      const route = plan.active[a];
      const depot = nodes + route;
      const type = plan.type[route];
      for (let node = plan.next[depot]; node !== depot; node = plan.next[node]) {
        const before = plan.prev[node];
        const after = plan.next[node];
        const i = before === depot ? home[type] : before;
        const j = after === depot ? end[type] : after;
        gain[node] = plan.leg[before] + plan.leg[node] - distance[i * side + j];
        order.push(node);
      }
    }
    order.sort((a, b) => gain[b] - gain[a] || a - b);
    for (let left = amount(); left > 0 && order.length > 0; left--) {
      let u = rng.float();
      for (let power = 1; power < DETERMINISM; power++) u *= rng.float();
      const [customer] = order.splice(Math.floor(u * order.length), 1);
      release(customer);
    }
  }

  /** A whole route. */
  function route(): void {
    if (plan.actives === 0) return;
    const gone = plan.active[rng.int(plan.actives)];
    const depot = nodes + gone;
    plan.touch(gone);
    while (plan.next[depot] !== depot) takeOut(plan.next[depot]);
  }

  function greedy(): void {
    sortByRule(model, rng, state);
    const factor = rng.float() < 0.1 ? 1 + 2 * rng.float() : 1;
    for (let i = 0; i < pool.length; i++) state.place(pool.list[i], factor);
  }

  const byRegret = (depth: number) => (): void => {
    const steps = regret.insert(depth);
    while (!steps.next().done);
  };

  return {
    destroy: [random, worst, related, strings, route],
    repair: [greedy, byRegret(2), byRegret(3)],
  };
}
