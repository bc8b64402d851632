/** One thread of a portfolio in Node; see `node.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { ok, unwrap } from '../../src/core/result.ts';
import { familyEntry } from '../../src/problems/registry.ts';
import { withAnswers } from './driver.ts';
import { driveToEnd, type ThreadCommand, type ThreadRequest } from './node.ts';

const port = parentPort;
if (!port) throw new Error('node-thread runs only as a worker thread.');
const request = workerData as ThreadRequest;
const entry = familyEntry(request.familyId);
if (!entry) throw new Error(`There is no family "${request.familyId}".`);

const commands: ThreadCommand[] = [];
port.on('message', (command: ThreadCommand) => commands.push(command));
const family = await entry.load();
const instance = unwrap(withAnswers(family, ok(request.instance), request.answers));
await driveToEnd(
  family,
  { ...request, instance },
  (message) => port.postMessage(message),
  () => commands.shift() ?? null,
);
port.close();
