/** Robots that carry jobs between machines. */

/**
 * Jobs and robots are at the station at time 0. A robot carries one job at a time: to its first
 * machine and between machines, not when the job stays where it is and not away from its last one.
 * Machines have room for jobs that wait before and behind them, unless the shop is a blocking one:
 * then a job keeps its machine until it is fetched, and comes only to a machine that is empty.
 */
export interface Transport {
  robots: number;
  /** With a job: from each machine (row) to each (column); last of both the station. 0 on the diagonal. */
  times: readonly (readonly number[])[];
  /** Without one; absent: the same. */
  empty?: readonly (readonly number[])[];
}

/** Flat form; places are the machines and, last, the station. */
export interface Carriers {
  robots: number;
  places: number;
  /** places × places, row by row. */
  loaded: Int32Array;
  empty: Int32Array;
  sameEmpty: boolean;
}

/** O(places²). */
export function packTransport({ robots, times, empty }: Transport): Carriers {
  return {
    robots,
    places: times.length,
    loaded: Int32Array.from(times.flat()),
    empty: Int32Array.from((empty ?? times).flat()),
    sameEmpty: empty === undefined,
  };
}

/** Inverse of `packTransport`. */
export function unpackTransport({ robots, places, loaded, empty, sameEmpty }: Carriers): Transport {
  const rows = (flat: Int32Array) =>
    Array.from({ length: places }, (_, i) =>
      Array.from(flat.subarray(i * places, (i + 1) * places)),
    );
  return { robots, times: rows(loaded), ...(!sameEmpty && { empty: rows(empty) }) };
}

/** Where an operation's job comes from: the machine before, or the station. */
export const placeBefore = (
  first: ArrayLike<number>,
  machine: ArrayLike<number>,
  job: number,
  operation: number,
  station: number,
): number => (operation === first[job] ? station : machine[operation - 1]);
