/** The one worker entry: control through Comlink, a port for each run's data. */
import { expose } from 'comlink';
import { openText } from '../src/problems/open.ts';
import { compact, expand } from '../src/protocol/compact.ts';
import { PROTOCOL_VERSION, type WorkerApi } from '../src/protocol/messages.ts';
import { hostRun, type RunHost } from './runtime/host.ts';

let run: RunHost | null = null;

const api: WorkerApi = {
  hello: () => ({ protocol: PROTOCOL_VERSION }),
  start(request, port) {
    run?.stop();
    run = hostRun(request, port);
  },
  pause: () => run?.pause(),
  resume: () => run?.resume(),
  step: () => run?.step(),
  setPace: (pace) => run?.setPace(pace),
  stop: () => run?.stop(),
  save: () => run?.save() ?? null,
  async open({ text, fileName, family, current }) {
    const shown = current && { ...current, instance: expand(current.instance) };
    return compact(await openText(text, fileName, { family, current: shown }));
  },
};

expose(api);
