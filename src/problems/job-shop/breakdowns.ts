/** Machines that break down: when an operation that is interrupted comes to its end. */

/** What becomes of an operation when its machine breaks down under it. */
export const afterBreakdown = ['resume', 'restart'] as const;

/**
 * Breakdowns by machine. An operation that is on the machine stays there; after the repair it goes
 * on where it was (`resume`) or begins anew (`restart`). None starts while its machine is down.
 */
export interface Breakdowns {
  after: (typeof afterBreakdown)[number];
  /** `[start, duration, start, duration, …]` of each machine, one after the other in time. */
  times: readonly (readonly number[])[];
}

/** Flat form: machine m is down from `from[k]` to `to[k]` for k in `first[m]` … `first[m + 1] − 1`. */
export interface Downs {
  first: Int32Array;
  from: Int32Array;
  to: Int32Array;
  restart: boolean;
}

/** O(breakdowns). */
export function packDowns({ after, times }: Breakdowns): Downs {
  const first = new Int32Array(times.length + 1);
  times.forEach((list, machine) => {
    first[machine + 1] = first[machine] + list.length / 2;
  });
  const pairs = times.flat();
  const count = pairs.length / 2;
  return {
    first,
    from: Int32Array.from({ length: count }, (_, k) => pairs[2 * k]),
    to: Int32Array.from({ length: count }, (_, k) => pairs[2 * k] + pairs[2 * k + 1]),
    restart: after === 'restart',
  };
}

/** Inverse of `packDowns`. */
export function unpackDowns({ first, from, to, restart }: Downs): Breakdowns {
  return {
    after: restart ? 'restart' : 'resume',
    times: Array.from({ length: first.length - 1 }, (_, machine) => {
      const list: number[] = [];
      for (let k = first[machine]; k < first[machine + 1]; k++) list.push(from[k], to[k] - from[k]);
      return list;
    }),
  };
}

/** The first breakdown of a machine that ends behind `time`. O(log breakdowns). */
function nextDown({ first, to }: Downs, machine: number, time: number): number {
  let low = first[machine];
  let high = first[machine + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (to[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first moment from `time` on at which the machine is not down. */
export function upFrom(downs: Downs, machine: number, time: number): number {
  let up = time;
  for (let k = nextDown(downs, machine, time); k < downs.first[machine + 1]; k++) {
    if (downs.from[k] > up) break;
    up = downs.to[k];
  }
  return up;
}

/**
 * When work of `duration` started at `start` (the machine up) is done, interruptions included. A
 * later start never ends earlier. O(log breakdowns + interruptions).
 */
export function endOn(downs: Downs, machine: number, start: number, duration: number): number {
  let time = start;
  let left = duration;
  for (let k = nextDown(downs, machine, start); k < downs.first[machine + 1]; k++) {
    if (time + left <= downs.from[k]) break;
    if (!downs.restart) left -= downs.from[k] - time;
    time = downs.to[k];
  }
  return time + left;
}
