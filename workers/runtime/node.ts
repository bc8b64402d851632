/** Runs solvers headless in Node: in process, or as a portfolio over threads. */
import { Worker } from 'node:worker_threads';
import { jointReason, type BudgetSpec, type EndReason } from '../../src/core/budget.ts';
import type { CodeAnswer } from '../../src/core/code.ts';
import type { ParamValues } from '../../src/core/params.ts';
import {
  isBetter,
  meets,
  type AnyFamily,
  type FamilyId,
  type Report,
} from '../../src/problems/family.ts';
import { loadSolver } from '../solvers/registry.ts';
import { createDriver, type DriveEnd, type Stamp } from './driver.ts';

export interface NodeRunRequest {
  family: AnyFamily;
  instance: unknown;
  solverId: string;
  params: ParamValues;
  seed: number;
  budget: BudgetSpec;
  threads: number;
  warmStart?: unknown;
  /** Saves what another run goes on from, when it ends by its step budget or a stop. */
  save?: boolean;
  /** Aborting stops the run; the best solution so far is the result. */
  signal?: AbortSignal;
  onProgress?(row: TraceRow): void;
  /** Every improvement. */
  onIncumbent?(report: Report, at: Stamp): void;
  /** Every row of the solver's trace columns; only in process (`threads` 1). */
  onTrace?(row: readonly number[], at: Stamp): void;
}

/** seconds, objective (null before the first), bound (null while none). */
export type TraceRow = readonly [number, number | null, number | null];

export interface NodeRunResult {
  reason: EndReason;
  message?: string;
  /** Verified; null when nothing feasible was found. */
  solution: unknown;
  /** The solution that was asked to be saved; null when there is none. */
  saved: unknown;
  report: Report | null;
  bound: number | null;
  proof: string | null;
  /** What the family can check a bound by: of the best one that came with any. */
  evidence: unknown;
  seconds: number;
  /** Of all threads. */
  steps: number;
  trace: TraceRow[];
}

/** What a thread needs to start, structured-clonable. */
export interface ThreadRequest {
  familyId: FamilyId;
  instance: unknown;
  /** Values of the instance's code, which do not travel with it. */
  answers: readonly CodeAnswer[];
  solverId: string;
  params: ParamValues;
  seed: number;
  budget: BudgetSpec;
  workerIndex: number;
  warmStart?: unknown;
  save?: boolean;
}

export type ThreadMessage =
  | { type: 'incumbent'; solution: unknown; report: Report; at: Stamp }
  | { type: 'bound'; value: number; proof: string; evidence: unknown; at: Stamp }
  | { type: 'trace'; row: readonly number[]; at: Stamp }
  | { type: 'done'; end: DriveEnd; at: Stamp; saved: unknown };

/** `stop`, or a better solution of another thread. */
export type ThreadCommand = { type: 'stop' } | { type: 'offer'; solution: unknown };

const SLICE_SECONDS = 0.02;
const clock = () => performance.now() / 1000;

/**
 * Drives one solver to its end, handing control back between slices.
 * `poll` is asked then whether to stop, and for a solution of another thread.
 */
export async function driveToEnd(
  family: AnyFamily,
  request: ThreadRequest,
  emit: (message: ThreadMessage) => void,
  poll: () => ThreadCommand | null,
  withTrace = false,
): Promise<void> {
  const solve = await loadSolver(family.id, request.solverId, request.instance);
  await family.prepare?.(request.instance);
  const driver = createDriver(
    { ...request, family, solve, now: clock },
    {
      incumbent: (solution, report, at) => emit({ type: 'incumbent', solution, report, at }),
      bound: (value, proof, at, evidence) => emit({ type: 'bound', value, proof, evidence, at }),
      trace: withTrace ? (row, at) => emit({ type: 'trace', row, at }) : undefined,
    },
  );
  let saved: unknown = null;
  while (!driver.end) {
    driver.run(clock() + SLICE_SECONDS);
    await new Promise<void>((resolve) => void setImmediate(resolve));
    for (let command = poll(); command; command = poll()) {
      if (command.type === 'stop') {
        if (request.save) saved = driver.save();
        driver.stop();
      } else driver.offer(command.solution);
    }
  }
  if (request.save) saved ??= driver.save();
  emit({ type: 'done', end: driver.end, at: driver.stamp, saved });
}

/** Solves and resolves with the best verified solution. Rejects only on programming errors. */
export async function solveInNode(request: NodeRunRequest): Promise<NodeRunResult> {
  const { family, threads, signal } = request;
  const ends: (DriveEnd | null)[] = Array.from({ length: threads }, () => null);
  const stamps: Stamp[] = Array.from({ length: threads }, () => ({ seconds: 0, steps: 0 }));
  const result: NodeRunResult = {
    reason: 'stopped',
    solution: null,
    saved: null,
    report: null,
    bound: null,
    proof: null,
    evidence: null,
    seconds: 0,
    steps: 0,
    trace: [],
  };
  const commands: ((command: ThreadCommand) => void)[] = [];
  const toAll = (command: ThreadCommand, except = -1) =>
    commands.forEach((send, index) => {
      if (index !== except && ends[index] === null) send(command);
    });

  function record(at: Stamp): void {
    const row: TraceRow = [at.seconds, result.report?.objective ?? null, result.bound];
    result.trace.push(row);
    request.onProgress?.(row);
    const proven =
      result.report &&
      result.bound !== null &&
      meets(family.sense, result.bound, result.report.objective);
    if (proven && threads > 1) toAll({ type: 'stop' });
  }

  function receive(index: number, message: ThreadMessage): void {
    stamps[index] = message.at;
    switch (message.type) {
      case 'incumbent': {
        const best = result.report?.objective;
        if (best !== undefined && !isBetter(family.sense, message.report.objective, best)) return;
        result.solution = message.solution;
        result.report = message.report;
        record(message.at);
        request.onIncumbent?.(message.report, message.at);
        toAll({ type: 'offer', solution: message.solution }, index);
        return;
      }
      case 'bound':
        if (result.bound !== null && !isBetter(family.sense, result.bound, message.value)) return;
        result.bound = message.value;
        result.proof = message.proof;
        result.evidence = message.evidence ?? result.evidence;
        record(message.at);
        return;
      case 'trace':
        request.onTrace?.(message.row, message.at);
        return;
      case 'done': {
        ends[index] = message.end;
        result.saved ??= message.saved;
        const { reason } = message.end;
        if (reason === 'optimal' || reason === 'infeasible' || reason === 'target')
          toAll({ type: 'stop' });
      }
    }
  }

  signal?.addEventListener('abort', () => toAll({ type: 'stop' }));
  const further = family.solvers.find(({ id }) => id === request.solverId)?.furtherWorkers;
  const threadRequest = (workerIndex: number): ThreadRequest => ({
    familyId: family.id,
    instance: request.instance,
    answers: family.code?.known(request.instance) ?? [],
    solverId: request.solverId,
    params: workerIndex > 0 ? { ...request.params, ...further } : request.params,
    seed: request.seed,
    budget: request.budget,
    workerIndex,
    warmStart: request.warmStart,
    save: request.save && workerIndex === 0,
  });

  if (threads === 1) {
    const queue: ThreadCommand[] = [];
    commands.push((command) => queue.push(command));
    await driveToEnd(
      family,
      threadRequest(0),
      (message) => receive(0, message),
      () => queue.shift() ?? null,
      request.onTrace !== undefined,
    );
  } else {
    await Promise.all(
      Array.from({ length: threads }, (_, index) => {
        const worker = new Worker(new URL('./node-thread.mjs', import.meta.url), {
          workerData: threadRequest(index),
        });
        commands.push((command) => worker.postMessage(command));
        worker.on('message', (message: ThreadMessage) => receive(index, message));
        return new Promise<void>((resolve, reject) => {
          worker.on('error', reject);
          worker.on('exit', () => resolve());
        });
      }),
    );
  }

  const proven =
    result.report &&
    result.bound !== null &&
    meets(family.sense, result.bound, result.report.objective);
  result.reason = proven ? 'optimal' : jointReason(ends.map((end) => end?.reason));
  result.message = ends.find((end) => end?.message)?.message;
  result.seconds = Math.max(...stamps.map((stamp) => stamp.seconds));
  result.steps = stamps.reduce((sum, stamp) => sum + stamp.steps, 0);
  return result;
}
