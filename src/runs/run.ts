/**
 * The run controller: one run of one solver on one instance, over one or more workers. It collects
 * the workers' messages into buffers, grants credits after drawing, exchanges bests between the
 * workers of a portfolio and stops in three stages.
 */
import { jointReason, type BudgetSpec, type EndReason } from '../core/budget.ts';
import type { ParamValues } from '../core/params.ts';
import type { CodeAnswer } from '../core/code.ts';
import { describeIssue } from '../core/result.ts';
import type { SolverInfo } from '../core/solver.ts';
import { gapOf, isBetter, meets, type FamilyId, type Sense } from '../problems/family.ts';
import type { TraceData } from '../problems/views.ts';
import { compact } from '../protocol/compact.ts';
import { isRunMessage, type BoundMessage, type RunMessage } from '../protocol/messages.ts';
import {
  createBuffers,
  pushHistory,
  pushPoint,
  pushPrior,
  pushTrace,
  type RunBuffers,
} from './buffers.ts';
import type { PoolWorker, WorkerPool } from './pool.ts';

export interface RunSpec {
  family: FamilyId;
  sense: Sense;
  instance: unknown;
  /** Values of the instance's code, which do not travel with it. */
  answers: readonly CodeAnswer[];
  solver: SolverInfo;
  params: ParamValues;
  seed: number;
  budget: BudgetSpec;
  workers: number;
  warmStart?: unknown;
  /** Keeps at the end what another run goes on from. */
  keep?: boolean;
  /** Trace of the run that this one goes on from, shown before its own. */
  prior?: TraceData | null;
  paused: boolean;
  pace: number | null;
}

export type RunState = 'starting' | 'running' | 'paused' | 'stopping' | 'not-responding' | 'done';

/** What the page shows of a run besides its buffers; replaced, never changed. */
export interface RunStatus {
  state: RunState;
  reason: EndReason | null;
  message: string | null;
  phase: string | null;
  progress: number | null;
  objective: number | null;
  bound: number | null;
  proof: string | null;
  gap: number | null;
  seconds: number;
  /** Of all workers. */
  steps: number;
  stepsPerSecond: number;
}

export interface Run {
  id: string;
  spec: RunSpec;
  buffers: RunBuffers;
  status(): RunStatus;
  /** Called when status or buffers changed, at most once per message. */
  subscribe(listener: () => void): () => void;
  /** Grants the workers their next messages; call after drawing. */
  drawn(): void;
  pause(): void;
  resume(): void;
  step(): void;
  setPace(yieldsPerSecond: number | null): void;
  stop(): void;
  /**
   * A solution for another run to be warm-started with, which then ends as this one would; null when
   * the solver cannot be continued. Of a portfolio its first worker's; after the end only with `keep`.
   */
  save(): Promise<unknown>;
  /** Resolves with the last status. */
  finished: Promise<RunStatus>;
}

/** Without an answer for this long after Stop, the worker counts as not responding. */
const RESPONSE_MILLISECONDS = 500;
/** … and after this long it is terminated and replaced. */
const TERMINATE_MILLISECONDS = 1000;

interface Member {
  worker: PoolWorker;
  port: MessagePort;
  seconds: number;
  steps: number;
  reason: EndReason | null;
}

let runCount = 0;

export function startRun(spec: RunSpec, pool: WorkerPool): Run {
  const id = `run-${++runCount}`;
  const buffers = createBuffers(spec.solver.trace);
  const priorSeconds = spec.prior ? pushPrior(buffers, spec.prior) : 0;
  let saved: unknown = null;
  const listeners = new Set<() => void>();
  const timers: ReturnType<typeof setTimeout>[] = [];
  let finish: (status: RunStatus) => void = () => undefined;
  const finished = new Promise<RunStatus>((resolve) => (finish = resolve));
  let owesCredit = false;

  let status: RunStatus = {
    state: 'starting',
    reason: null,
    message: null,
    phase: null,
    progress: null,
    objective: null,
    bound: null,
    proof: null,
    gap: null,
    seconds: 0,
    steps: 0,
    stepsPerSecond: 0,
  };

  const instance = compact(spec.instance);
  const members: Member[] = Array.from({ length: spec.workers }, (_, workerIndex) => {
    const worker = pool.take();
    const port = worker.start({
      runId: id,
      family: spec.family,
      instance,
      answers: spec.answers,
      solverId: spec.solver.id,
      params: workerIndex > 0 ? { ...spec.params, ...spec.solver.furtherWorkers } : spec.params,
      seed: spec.seed,
      workerIndex,
      budget: spec.budget,
      warmStart: spec.warmStart,
      keep: spec.keep && workerIndex === 0,
      paused: spec.paused,
      pace: spec.pace,
    });
    const member: Member = { worker, port, seconds: 0, steps: 0, reason: null };
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isRunMessage(data) && data.runId === id) receive(member, data);
    };
    return member;
  });

  function notify(change: Partial<RunStatus>): void {
    status = { ...status, ...change };
    buffers.version++;
    for (const listener of listeners) listener();
  }

  function totals(): Pick<RunStatus, 'seconds' | 'steps' | 'stepsPerSecond'> {
    const seconds = Math.max(...members.map((member) => member.seconds));
    const steps = members.reduce((sum, member) => sum + member.steps, 0);
    return { seconds, steps, stepsPerSecond: seconds > 0 ? steps / seconds : 0 };
  }

  function receive(member: Member, message: RunMessage): void {
    if (status.state === 'done') return;
    switch (message.type) {
      case 'started':
        notify({ state: spec.paused ? 'paused' : 'running' });
        return;
      case 'incumbent':
        owesCredit = true;
        takeIncumbents(member, message.points, message.records);
        return;
      case 'bound':
        takeBound(message);
        return;
      case 'trace':
        owesCredit = true;
        // The columns describe one search; a portfolio shows its first worker's.
        if (member === members[0]) {
          const seconds = message.seconds.map((at) => priorSeconds + at);
          pushTrace(buffers, message.rows, seconds);
        }
        notify({});
        return;
      case 'status': {
        member.seconds = message.seconds;
        member.steps = message.steps;
        const settled = status.state === 'running' || status.state === 'paused';
        notify({
          ...totals(),
          state: settled ? message.state : status.state,
          phase: message.phase,
          progress: message.progress,
        });
        return;
      }
      case 'error':
        end(member, 'error', message.issues.map((issue) => describeIssue(issue)).join(' '));
        return;
      case 'done':
        member.seconds = message.seconds;
        member.steps = message.steps;
        if (message.saved !== undefined) saved = message.saved;
        end(member, message.reason, message.message ?? null);
    }
  }

  function takeIncumbents(
    member: Member,
    points: Float64Array,
    records: RunBuffers['history'],
  ): void {
    let objective = status.objective;
    for (let i = 0; i < points.length; i += 3) {
      const value = points[i + 2];
      if (objective !== null && !isBetter(spec.sense, value, objective)) continue;
      objective = value;
      buffers.improvements++;
      pushPoint(buffers.incumbents, points[i], points[i + 1], value);
    }
    if (objective === status.objective) return;
    let best = status.objective;
    const better = records.filter((record) => {
      if (best !== null && !isBetter(spec.sense, record.report.objective, best)) return false;
      best = record.report.objective;
      return true;
    });
    pushHistory(buffers, better);
    const last = better[better.length - 1];
    for (const other of members)
      if (other !== member && other.reason === null)
        other.port.postMessage({ type: 'offer', solution: last.solution });
    notify({ objective, gap: gap(objective, status.bound) });
    closeWhenProven();
  }

  function takeBound({ value, proof, evidence, seconds, steps }: BoundMessage): void {
    if (status.bound !== null && !isBetter(spec.sense, status.bound, value)) return;
    buffers.proof = proof;
    if (evidence !== undefined) buffers.evidence = { value, evidence };
    pushPoint(buffers.bounds, seconds, steps, value);
    notify({ bound: value, proof, gap: gap(status.objective, value) });
    closeWhenProven();
  }

  const gap = (objective: number | null, bound: number | null) =>
    objective === null || bound === null ? null : gapOf(spec.sense, bound, objective);

  /** One worker's bound may meet another one's incumbent. */
  function closeWhenProven(): void {
    const { objective, bound } = status;
    if (members.length < 2 || objective === null || bound === null) return;
    if (!meets(spec.sense, bound, objective)) return;
    for (const member of members) if (member.reason === null) member.worker.stop();
  }

  function end(member: Member, reason: EndReason, message: string | null): void {
    if (member.reason !== null) return;
    member.reason = reason;
    member.port.close();
    if (reason === 'error' && status.message === null) notify({ message });
    else if (message) notify({ message });
    const settles = reason === 'optimal' || reason === 'infeasible' || reason === 'target';
    if (settles) for (const other of members) if (other.reason === null) other.worker.stop();
    if (members.every((other) => other.reason !== null)) close();
  }

  function close(): void {
    for (const timer of timers) clearTimeout(timer);
    for (const member of members) pool.release(member.worker);
    const reasons = members.map((member) => member.reason ?? 'stopped');
    const proven =
      status.objective !== null &&
      status.bound !== null &&
      meets(spec.sense, status.bound, status.objective);
    const reason = proven ? 'optimal' : jointReason(reasons);
    notify({ ...totals(), state: 'done', reason, phase: null, progress: null });
    finish(status);
  }

  function terminate(): void {
    if (status.state === 'done') return;
    for (const member of members) {
      if (member.reason !== null) continue;
      member.reason = 'stopped';
      member.port.close();
      member.worker.terminate();
      member.worker = pool.take();
    }
    close();
  }

  return {
    id,
    spec,
    buffers,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    drawn() {
      if (!owesCredit || status.state === 'done') return;
      owesCredit = false;
      for (const member of members)
        if (member.reason === null)
          member.port.postMessage({ type: 'credit', incumbent: 1, trace: 1 });
    },
    pause: () => members.forEach((member) => member.worker.pause()),
    resume: () => members.forEach((member) => member.worker.resume()),
    step: () => members.forEach((member) => member.worker.step()),
    setPace: (pace) => members.forEach((member) => member.worker.setPace(pace)),
    save: async () =>
      members[0].reason === null && spec.solver.traits.continues
        ? await members[0].worker.save()
        : saved,
    stop() {
      if (status.state === 'done' || status.state === 'stopping') return;
      notify({ state: 'stopping' });
      for (const member of members) if (member.reason === null) member.worker.stop();
      timers.push(
        setTimeout(() => {
          if (status.state === 'stopping') notify({ state: 'not-responding' });
        }, RESPONSE_MILLISECONDS),
        setTimeout(terminate, TERMINATE_MILLISECONDS),
      );
    },
    finished,
  };
}
