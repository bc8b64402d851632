/** Installs if needed, builds if needed, serves dist/ on the loopback interface until stopped. */
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, requireNode } from './lib/project.mjs';
import { onInterrupt } from './lib/run.mjs';
import { listen, staticServer } from './lib/server.mjs';

const USAGE = `npm start -- [--port N] [--strict-port]

  --port N        the port to serve on (default: PORT, or 4173); the next free one if taken
  --strict-port   fail instead when the port is taken
`;
const DEFAULT_PORT = 4173;
const PORTS_TO_TRY = 100;

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: process.env.PORT ?? String(DEFAULT_PORT) },
        'strict-port': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n\n${USAGE}`);
  }
}

requireNode();
const { port: portText, 'strict-port': strict, help } = options();
if (help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const port = Number(portText);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  fail(`The port must be a whole number from 0 to 65535, not "${portText}".`);
}

/** @type {import('node:http').Server | null} */
let server = null;
onInterrupt(async (signal) => {
  if (!server) return signal === 'SIGINT' ? 130 : 143;
  const closed = new Promise((done) => server?.close(done));
  server.closeAllConnections();
  await closed;
  process.stdout.write('\nStopped.\n');
  return 0;
});

if (!(await ensureInstalled()) || !(await ensureBuilt())) process.exit(1);

const listening = staticServer(inProject('dist'));
try {
  const taken = await listen(listening, port, strict ? 1 : PORTS_TO_TRY);
  server = listening;
  if (port !== 0 && taken !== port) process.stdout.write(`Port ${port} is taken.\n`);
  process.stdout.write(`Incumbent runs at http://127.0.0.1:${taken}/ (Ctrl+C stops it)\n`);
} catch (error) {
  fail(`Cannot serve on port ${port}: ${/** @type {Error} */ (error).message}`);
}
