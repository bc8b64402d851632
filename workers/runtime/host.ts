/**
 * Runs one driver inside a worker: ~8 ms slices with a message hop between them (so that control
 * calls get through), pause, single step, pace, and credits from the page.
 */
import { describeIssue } from '../../src/core/result.ts';
import { expand } from '../../src/protocol/compact.ts';
import { isPortMessage, type RunMessage, type StartRequest } from '../../src/protocol/messages.ts';
import { familyEntry } from '../../src/problems/registry.ts';
import { loadSolver } from '../solvers/registry.ts';
import { createDriver, withAnswers, type Driver } from './driver.ts';
import { createIncumbentQueue, createTraceQueue } from './outbox.ts';

const SLICE_SECONDS = 0.008;
const STATUS_INTERVAL_SECONDS = 0.1;

/** A message without what the host adds. */
type Body<Message> = Message extends RunMessage ? Omit<Message, 'runId' | 'sequence'> : never;

export interface RunHost {
  pause(): void;
  resume(): void;
  step(): void;
  setPace(yieldsPerSecond: number | null): void;
  stop(): void;
  /** What another run goes on from; null before the start, after the end, or when it cannot. */
  save(): unknown;
}

const clock = () => performance.now() / 1000;

/** Calls `work` as soon as pending messages have been handled (0.01 ms; timers take 4 ms). */
function createHop(work: () => void): () => void {
  const channel = new MessageChannel();
  channel.port1.onmessage = work;
  return () => channel.port2.postMessage(null);
}

/** Loads family and solver, then solves; everything goes out through the port. */
export function hostRun(request: StartRequest, port: MessagePort): RunHost {
  let sequence = 0;
  let driver: Driver | null = null;
  let paused = request.paused;
  let pace = request.pace;
  let stopRequested = false;
  let stepsWanted = 0;
  let nextPaced = 0;
  let lastStatus = 0;
  let done = false;
  let scheduled = false;
  let incumbentCredits = 1;
  let traceCredits = 1;
  let phase: string | null = null;
  let progress: number | null = null;
  const incumbents = createIncumbentQueue();
  const trace = createTraceQueue();

  const send = (body: Body<RunMessage>) =>
    port.postMessage({ ...body, runId: request.runId, sequence: sequence++ });

  function flush(force: boolean): void {
    if (!incumbents.empty && (incumbentCredits > 0 || force)) {
      incumbentCredits = Math.max(0, incumbentCredits - 1);
      send({ type: 'incumbent', ...incumbents.take() });
    }
    if (!trace.empty && (traceCredits > 0 || force)) {
      traceCredits = Math.max(0, traceCredits - 1);
      send({ type: 'trace', ...trace.take() });
    }
  }

  function sendStatus(): void {
    if (!driver) return;
    lastStatus = clock();
    const state = paused ? 'paused' : 'running';
    send({ type: 'status', state, phase, progress, ...driver.stamp });
  }

  function finish(): void {
    if (done || !driver?.end) return;
    done = true;
    flush(true);
    const saved = request.keep ? (driver.saved() ?? undefined) : undefined;
    send({ type: 'done', ...driver.end, ...driver.stamp, saved });
  }

  const hop = createHop(() => {
    scheduled = false;
    work();
  });
  const schedule = () => {
    if (scheduled || done) return;
    scheduled = true;
    hop();
  };

  function work(): void {
    if (!driver || done) return;
    if (stopRequested) {
      // To where it can be written down.
      if (request.keep) driver.save();
      driver.stop();
    } else if (stepsWanted > 0) {
      stepsWanted--;
      driver.step();
      sendStatus();
    } else if (!paused) {
      if (pace === null) driver.run(clock() + SLICE_SECONDS);
      else if (clock() >= nextPaced) {
        nextPaced = Math.max(nextPaced, clock() - 0.1) + 1 / pace;
        driver.step();
      } else {
        wait();
        return;
      }
    }
    if (driver.end) {
      finish();
      return;
    }
    flush(false);
    if (clock() - lastStatus > STATUS_INTERVAL_SECONDS) sendStatus();
    if (stepsWanted > 0 || !paused) schedule();
  }

  /** Slow pace: a timer is exact enough and leaves the core idle. */
  function wait(): void {
    const milliseconds = Math.max(1, (nextPaced - clock()) * 1000);
    setTimeout(schedule, Math.min(milliseconds, 50));
  }

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isPortMessage(data)) return;
    if (data.type === 'offer') {
      driver?.offer(data.solution);
      return;
    }
    incumbentCredits = Math.min(1, incumbentCredits + data.incumbent);
    traceCredits = Math.min(1, traceCredits + data.trace);
    if (driver && !done) flush(false);
  };

  async function load(): Promise<void> {
    const entry = familyEntry(request.family);
    if (!entry) throw new Error(`There is no family "${request.family}".`);
    const instance = expand(request.instance);
    const [family, solve] = await Promise.all([
      entry.load(),
      loadSolver(request.family, request.solverId, instance),
    ]);
    const valid = withAnswers(family, family.validate(instance), request.answers);
    if (!valid.ok) throw new Error(describeIssue(valid.issues[0]));
    await family.prepare?.(valid.value);
    if (stopRequested) {
      send({ type: 'done', reason: 'stopped', seconds: 0, steps: 0 });
      done = true;
      return;
    }
    driver = createDriver(
      { ...request, family, solve, instance: valid.value, now: clock },
      {
        incumbent: (solution, report, at) => incumbents.push({ solution, report, ...at }),
        bound: (value, proof, at, evidence) =>
          send({ type: 'bound', value, proof, evidence, ...at }),
        trace: (row, at) => trace.push(row, at.seconds),
        phase(name, value) {
          phase = name;
          progress = value ?? null;
        },
      },
    );
    send({ type: 'started' });
    sendStatus();
    schedule();
  }

  load().catch((error: unknown) => {
    done = true;
    const message = error instanceof Error ? error.message : String(error);
    send({ type: 'error', issues: [{ message }] });
  });

  return {
    pause() {
      paused = true;
      sendStatus();
    },
    resume() {
      paused = false;
      nextPaced = clock();
      sendStatus();
      schedule();
    },
    step() {
      paused = true;
      stepsWanted++;
      schedule();
    },
    setPace(value) {
      pace = value;
      nextPaced = clock();
      schedule();
    },
    stop() {
      stopRequested = true;
      schedule();
    },
    save() {
      if (!driver || done) return null;
      const solution = driver.save();
      // Saving may take the solver a step further.
      flush(false);
      sendStatus();
      finish();
      return solution;
    },
  };
}
