/** The page's workers: made ahead of need, replaced when one had to be terminated. */
import { wrap, transfer, releaseProxy, type Remote } from 'comlink';
import { PROTOCOL_VERSION, type StartRequest, type WorkerApi } from '../protocol/messages.ts';

export interface PoolWorker {
  start(request: StartRequest): MessagePort;
  pause(): void;
  resume(): void;
  step(): void;
  setPace(yieldsPerSecond: number | null): void;
  stop(): void;
  save: Remote<WorkerApi>['save'];
  open: Remote<WorkerApi>['open'];
  /** Kills the worker whatever it does. */
  terminate(): void;
}

export interface WorkerPool {
  /** An idle worker, or a new one. */
  take(): PoolWorker;
  /** Hands a worker back for another run. */
  release(worker: PoolWorker): void;
  /** Makes workers ahead so that the next run starts at once. */
  warm(count: number): void;
}

export function createWorkerPool(onError: (message: string) => void): WorkerPool {
  const idle: PoolWorker[] = [];

  function create(): PoolWorker {
    const worker = new Worker(new URL('../../workers/solver.worker.ts', import.meta.url), {
      type: 'module',
      name: 'solver',
    });
    worker.onerror = (event) => onError(event.message || 'A worker could not be loaded.');
    const api = wrap<WorkerApi>(worker);
    const quiet = (call: Promise<unknown>) => void call.catch(() => undefined);
    void api.hello().then(({ protocol }) => {
      if (protocol !== PROTOCOL_VERSION)
        onError('The page and its workers are of different versions. Reload the page.');
    });
    return {
      start(request) {
        const { port1, port2 } = new MessageChannel();
        quiet(api.start(request, transfer(port2, [port2])));
        return port1;
      },
      pause: () => quiet(api.pause()),
      resume: () => quiet(api.resume()),
      step: () => quiet(api.step()),
      setPace: (pace) => quiet(api.setPace(pace)),
      stop: () => quiet(api.stop()),
      save: api.save,
      open: api.open,
      terminate() {
        api[releaseProxy]();
        worker.terminate();
      },
    };
  }

  return {
    take: () => idle.pop() ?? create(),
    release: (worker) => void idle.push(worker),
    warm(count) {
      while (idle.length < count) idle.push(create());
    },
  };
}
