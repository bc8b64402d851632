/** Sequences of a permutation flow shop: evaluation, and the best place for one more job. */
import type { PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { objectiveOf } from './objective.ts';

export interface Line {
  packed: PackedJobShop;
  jobs: number;
  machines: number;
  /** Only the makespan counts, without releases and setups: places can be tried together. */
  plain: boolean;
  /** Heads, tails and trial heads by position and machine. */
  head: Int32Array;
  tail: Int32Array;
  trial: Int32Array;
  /** Scratch of full evaluations. */
  free: Int32Array;
  ends: Int32Array;
  /** What the last `bestPlace` found. */
  value: number;
}

/** O(operations). */
export function createLine(packed: PackedJobShop): Line {
  const jobs = packed.first.length - 1;
  const machines = packed.first[1] - packed.first[0];
  const table = () => new Int32Array((jobs + 2) * machines);
  return {
    packed,
    jobs,
    machines,
    plain: packed.objective === 'makespan' && !packed.release && !packed.family,
    head: table(),
    tail: table(),
    trial: new Int32Array(machines),
    free: new Int32Array(machines),
    ends: new Int32Array(jobs),
    value: 0,
  };
}

/**
 * The objective of a sequence; of a part of the jobs, that of the part. Start times go to `starts`
 * when given. O(length · machines).
 */
export function evaluate(
  line: Line,
  sequence: ArrayLike<number>,
  length: number,
  starts?: Int32Array,
): number {
  const { packed, machines, free, ends } = line;
  const { first, duration, release, family, families, setup } = packed;
  free.fill(0);
  // Jobs that are not in yet count as if they were never due.
  ends.fill(0);
  if (release && packed.objective === 'flow') ends.set(release);
  let before = -1;
  for (let i = 0; i < length; i++) {
    const job = sequence[i];
    const base = first[job];
    const change = family && before >= 0 ? setup[before * families + family[job]] : 0;
    let ready = release ? release[job] : 0;
    for (let k = 0; k < machines; k++) {
      const open = free[k] + change;
      if (open > ready) ready = open;
      if (starts) starts[base + k] = ready;
      ready += duration[base + k];
      free[k] = ready;
    }
    ends[job] = ready;
    if (family) before = family[job];
  }
  return objectiveOf(packed, ends);
}

/**
 * The position in the first `length` jobs of `sequence` where `job` gives the least objective; the
 * first of equals, or the last when `late`. Plain makespans: all positions together in
 * O(length · machines) (Taillard 1990); else O(length² · machines).
 */
export function bestPlace(
  line: Line,
  sequence: Int32Array,
  length: number,
  job: number,
  late = false,
): number {
  return line.plain
    ? bestPlacePlain(line, sequence, length, job, late)
    : bestPlaceFull(line, sequence, length, job, late);
}

function bestPlaceFull(
  line: Line,
  sequence: Int32Array,
  length: number,
  job: number,
  late: boolean,
): number {
  let best = Infinity;
  let bestAt = 0;
  const saved = sequence[length];
  // From behind: each trial exchanges the job with its neighbour.
  sequence[length] = job;
  for (let at = length; at >= 0; at--) {
    const value = evaluate(line, sequence, length + 1);
    if (value < best || (value === best && !late)) {
      best = value;
      bestAt = at;
    }
    if (at > 0) {
      sequence[at] = sequence[at - 1];
      sequence[at - 1] = job;
    }
  }
  sequence.copyWithin(0, 1, length + 1);
  sequence[length] = saved;
  line.value = best;
  return bestAt;
}

function bestPlacePlain(
  line: Line,
  sequence: Int32Array,
  length: number,
  job: number,
  late: boolean,
): number {
  const { machines: m, head, tail, trial, packed } = line;
  const { first, duration } = packed;
  for (let i = 0; i < length; i++) {
    const base = first[sequence[i]];
    const row = (i + 1) * m;
    let ready = 0;
    for (let k = 0; k < m; k++) {
      const above = head[row - m + k];
      ready = (above > ready ? above : ready) + duration[base + k];
      head[row + k] = ready;
    }
  }
  tail.fill(0, (length + 1) * m, (length + 2) * m);
  for (let i = length - 1; i >= 0; i--) {
    const base = first[sequence[i]];
    const row = (i + 1) * m;
    let ready = 0;
    for (let k = m - 1; k >= 0; k--) {
      const below = tail[row + m + k];
      ready = (below > ready ? below : ready) + duration[base + k];
      tail[row + k] = ready;
    }
  }
  const base = first[job];
  let best = Infinity;
  let bestAt = 0;
  for (let at = 0; at <= length; at++) {
    const row = at * m;
    let ready = 0;
    let value = 0;
    for (let k = 0; k < m; k++) {
      const above = head[row + k];
      ready = (above > ready ? above : ready) + duration[base + k];
      trial[k] = ready;
      const through = ready + tail[row + m + k];
      if (through > value) value = through;
    }
    if (value < best || (value === best && late)) {
      best = value;
      bestAt = at;
    }
  }
  line.value = best;
  return bestAt;
}

/** Puts a job in at a position of the first `length`. */
export function insertAt(sequence: Int32Array, length: number, at: number, job: number): void {
  sequence.copyWithin(at + 1, at, length);
  sequence[at] = job;
}

/** Takes out the job at a position of the first `length`. */
export function removeAt(sequence: Int32Array, length: number, at: number): number {
  const job = sequence[at];
  sequence.copyWithin(at, at + 1, length);
  return job;
}

/** The optimal sequence for the makespan on two machines (Johnson 1954). O(jobs · log jobs). */
export function johnson(packed: PackedJobShop): Int32Array {
  const { first, duration } = packed;
  const a = (job: number) => duration[first[job]];
  const b = (job: number) => duration[first[job] + 1];
  const jobs = Array.from({ length: first.length - 1 }, (_, job) => job);
  const early = jobs.filter((job) => a(job) <= b(job)).sort((i, j) => a(i) - a(j) || i - j);
  const late = jobs.filter((job) => a(job) > b(job)).sort((i, j) => b(j) - b(i) || i - j);
  return Int32Array.from([...early, ...late]);
}
