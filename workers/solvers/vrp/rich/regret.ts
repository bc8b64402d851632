/**
 * Regret-k insertion (Potvin & Rousseau 1993): next comes the customer who loses most when its best
 * route is not taken, counted over its k best routes; a route of its own is one of them.
 */
import type { RichModel } from './model.ts';
import type { RichState } from './state.ts';

export interface Regret {
  /** Empties the pool into the plan; yields after every insertion. O(q²·routes + q·n) for q customers. */
  insert(k: number): Generator<void, void, void>;
}

export function createRegret(model: RichModel, state: RichState): Regret {
  const { n, prize } = model;
  const { plan, pool, insertion } = state;
  /** Rows of costs, one per pooled customer; the last column is a route of its own. */
  let costs = new Float64Array(0);
  const routes = new Int32Array(n);
  const bestOf = new Float64Array(8);

  function alone(customer: number): number {
    insertion.reset();
    if (plan.used < state.limit) insertion.considerNew(customer, 1);
    return insertion.cost;
  }

  /** Sum of what is lost by the second to k-th route against the best. */
  function regretOf(row: number, width: number, k: number): number {
    bestOf.fill(Infinity);
    for (let r = 0; r < width; r++) {
      let cost = costs[row * (n + 1) + r];
      for (let s = 0; s < k; s++)
        if (cost < bestOf[s]) {
          const other = bestOf[s];
          bestOf[s] = cost;
          cost = other;
        }
    }
    if (bestOf[0] === Infinity) return -Infinity;
    let regret = 0;
    // A route that is not there is as bad as all that could be lost.
    for (let s = 1; s < k; s++)
      regret += bestOf[s] === Infinity ? state.penalty : bestOf[s] - bestOf[0];
    return regret;
  }

  return {
    *insert(k) {
      const waiting: number[] = Array.from(pool.list.subarray(0, pool.length));
      const stride = n + 1;
      if (costs.length < waiting.length * stride) costs = new Float64Array(waiting.length * stride);
      let known = plan.actives;
      for (let r = 0; r < known; r++) routes[r] = plan.active[r];
      const rows = waiting.map((_, row) => row);
      for (const row of rows)
        for (let r = 0; r < known; r++) {
          insertion.findOn(waiting[row], routes[r]);
          costs[row * stride + r] = insertion.cost;
        }
      while (rows.length > 0) {
        let chosen = 0;
        let most = -Infinity;
        let least = Infinity;
        for (let i = 0; i < rows.length; i++) {
          const row = rows[i];
          costs[row * stride + known] = alone(waiting[row]);
          const regret = regretOf(row, known + 1, k);
          // Equal regrets: the cheaper first.
          if (regret < most || (regret === most && bestOf[0] >= least)) continue;
          most = regret;
          least = bestOf[0];
          chosen = i;
        }
        const row = rows[chosen];
        const customer = waiting[row];
        rows.splice(chosen, 1);
        let at = -1;
        let cost = Infinity;
        for (let r = 0; r <= known; r++)
          if (costs[row * stride + r] < cost) {
            cost = costs[row * stride + r];
            at = r;
          }
        if (at < 0 || cost > prize[customer]) {
          state.leave(customer);
          continue;
        }
        if (at < known) insertion.findOn(customer, routes[at]);
        else alone(customer);
        if (insertion.cost === Infinity) {
          state.leave(customer);
          continue;
        }
        insertion.apply(customer);
        if (at === known) routes[known++] = plan.routeOf[customer];
        for (const other of rows) {
          insertion.findOn(waiting[other], routes[at]);
          costs[other * stride + at] = insertion.cost;
        }
        yield;
      }
    },
  };
}
