/**
 * What page and workers say to each other. Control calls go through Comlink (`WorkerApi`); the
 * data of each run comes through a MessagePort of its own, typed and numbered.
 */
import type { BudgetSpec, EndReason } from '../core/budget.ts';
import type { CodeAnswer } from '../core/code.ts';
import type { ParamValues } from '../core/params.ts';
import type { Issue } from '../core/result.ts';
import type { FamilyId, Report } from '../problems/family.ts';
import type { Compact } from './compact.ts';

/** Raised when a message changes shape; page and worker must agree. */
export const PROTOCOL_VERSION = 3;

export interface StartRequest {
  runId: string;
  family: FamilyId;
  instance: Compact;
  /** Values of the instance's code, which do not travel with it. */
  answers: readonly CodeAnswer[];
  solverId: string;
  params: ParamValues;
  seed: number;
  workerIndex: number;
  budget: BudgetSpec;
  warmStart?: unknown;
  /** Starts paused, for single steps. */
  paused: boolean;
  /** Wants at the end what another run goes on from. */
  keep?: boolean;
  /** Solver yields per second; null for full speed. */
  pace: number | null;
}

/** A text opened off the main thread. */
export interface OpenRequest {
  text: string;
  fileName: string;
  family?: FamilyId;
  current?: { family: FamilyId; instance: Compact };
}

export interface WorkerApi {
  hello(): { protocol: number };
  start(request: StartRequest, port: MessagePort): void;
  pause(): void;
  resume(): void;
  /** One single step; the run stays paused. */
  step(): void;
  setPace(yieldsPerSecond: number | null): void;
  stop(): void;
  /** What another run goes on from; null when the solver cannot be continued. */
  save(): unknown;
  /** The result as `problems/open.ts` shapes it. */
  open(request: OpenRequest): Promise<Compact>;
}

/** A verified improvement as it enters the history. */
export interface IncumbentRecord {
  solution: unknown;
  report: Report;
  seconds: number;
  steps: number;
}

interface MessageBase {
  runId: string;
  /** 0, 1, 2, … on this port. */
  sequence: number;
}

export interface StartedMessage extends MessageBase {
  type: 'started';
}

/** Improvements since the last credit: every objective, and at most a few whole solutions. */
export interface IncumbentMessage extends MessageBase {
  type: 'incumbent';
  /** seconds, steps, objective, … of every improvement. */
  points: Float64Array;
  /** Some of them whole, oldest first; always the last. */
  records: IncumbentRecord[];
}

export interface BoundMessage extends MessageBase {
  type: 'bound';
  value: number;
  proof: string;
  /** What the family can check the bound by. */
  evidence?: unknown;
  seconds: number;
  steps: number;
}

/** Trace rows since the last credit, row-major. */
export interface TraceMessage extends MessageBase {
  type: 'trace';
  rows: Float64Array;
  /** Seconds of solving when each row came. */
  seconds: Float64Array;
}

export interface StatusMessage extends MessageBase {
  type: 'status';
  state: 'running' | 'paused';
  phase: string | null;
  progress: number | null;
  seconds: number;
  steps: number;
}

export interface DoneMessage extends MessageBase {
  type: 'done';
  reason: EndReason;
  message?: string;
  /** What another run goes on from, where the solver can be continued and it was asked for. */
  saved?: unknown;
  seconds: number;
  steps: number;
}

/** Errors travel as data. */
export interface ErrorMessage extends MessageBase {
  type: 'error';
  issues: Issue[];
}

export type RunMessage =
  | StartedMessage
  | IncumbentMessage
  | BoundMessage
  | TraceMessage
  | StatusMessage
  | DoneMessage
  | ErrorMessage;

/** Page → worker on the run's port. */
export type PortMessage =
  /** May send one incumbent message, one trace message. */
  | { type: 'credit'; incumbent: number; trace: number }
  /** A better solution of another worker. */
  | { type: 'offer'; solution: unknown };

export function isRunMessage(value: unknown): value is RunMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { type, runId, sequence } = value as Partial<RunMessage>;
  return (
    typeof runId === 'string' &&
    typeof sequence === 'number' &&
    typeof type === 'string' &&
    ['started', 'incumbent', 'bound', 'trace', 'status', 'done', 'error'].includes(type)
  );
}

export function isPortMessage(value: unknown): value is PortMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { type } = value as Partial<PortMessage>;
  return type === 'credit' || type === 'offer';
}
