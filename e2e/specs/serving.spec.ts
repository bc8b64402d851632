/** How the app is started, served and kept for offline use. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { filesUnder } from '../../scripts/lib/files.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { freePort } from '../../scripts/lib/server.mjs';
import { expect, longTasks, test } from '../fixtures.ts';

/** Starts the app as `npm start` does; resolves once it says where it runs. */
async function start(port: number): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [inProject('scripts/start.mjs'), '--port', `${port}`]);
  let said = '';
  for await (const part of child.stdout) {
    said += part;
    const url = /http:\/\/\S+/.exec(said)?.[0];
    if (url) return { child, url };
  }
  throw new Error(`It ended without serving: ${said}`);
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => socket.destroy());
    socket.on('close', (failed) => done(!failed));
    socket.on('error', () => undefined);
  });

test.describe('start', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`takes the next free port and ends cleanly on ${signal}`, async () => {
      const wanted = await freePort();
      const first = await start(wanted);
      expect(first.url).toBe(`http://127.0.0.1:${wanted}/`);
      const second = await start(wanted);
      const other = Number(new URL(second.url).port);
      expect(other).toBeGreaterThan(wanted);
      expect((await fetch(second.url)).status).toBe(200);
      for (const { child } of [first, second]) {
        const ended = once(child, 'exit');
        child.kill(signal);
        expect(await ended).toEqual([0, null]);
      }
      expect(await isOpen(wanted)).toBe(false);
      expect(await isOpen(other)).toBe(false);
    });
  }
});

test('is isolated, under a policy that lets nothing else run', async ({ page }) => {
  const response = await page.goto('./');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).toContain("object-src 'none'");
  await expect(page).toHaveTitle(/Incumbent/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
});

test.describe('offline', () => {
  test.use({ serviceWorkers: 'allow' });

  test('everything is there after the first visit', async ({ page, context }) => {
    await page.goto('./');
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage('idle');
    });
    const files = filesUnder(inProject('dist')).filter((file) =>
      /^assets\/(?!.*\.map$)|\.(svg|png|webmanifest)$/.test(file),
    );
    expect(files.length).toBeGreaterThan(5);
    const missing = (): Promise<string[]> =>
      page.evaluate(async (names) => {
        const kept = await Promise.all(names.map((name) => caches.match(name)));
        return names.filter((_, index) => kept[index] === undefined);
      }, files);
    await expect.poll(missing, { timeout: 60_000 }).toEqual([]);

    await context.setOffline(true);
    await page.reload();
    await expect(page).toHaveTitle(/Incumbent/);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const failed = await page.evaluate(async (names) => {
      const answers = await Promise.all(names.map((name) => fetch(name)));
      return names.filter((_, index) => !answers[index].ok);
    }, files);
    expect(failed).toEqual([]);
  });
});

test('long tasks are seen', { tag: '@alone' }, async ({ page }) => {
  await page.goto('./');
  const log = await longTasks(page);
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        setTimeout(() => {
          const end = performance.now() + 120;
          while (performance.now() < end);
          done();
        });
      }),
  );
  const tasks = await log.read();
  expect(Math.max(0, ...tasks.map(({ duration }) => duration))).toBeGreaterThan(100);
});

test.describe('the guard of all tests sees', () => {
  test('uncaught errors', async ({ page, problems }) => {
    await page.goto('./');
    await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('on purpose'))));
    await expect.poll(() => problems.splice(0).join()).toMatch(/^uncaught: Error: on purpose/);
  });

  test('errors on the console, of workers too', async ({ page, problems }) => {
    await page.goto('./');
    await page.evaluate(() => console.error('on purpose'));
    await expect.poll(() => problems.splice(0)).toEqual(['console: on purpose']);
    // Made for another scope, it fails in this one.
    await page.evaluate(() => void new Worker('./sw.js'));
    await expect.poll(() => problems.splice(0).join()).toContain('TypeError');
  });

  test('code that the policy refuses', async ({ page, problems }) => {
    await page.goto('./');
    const made = await page.evaluate(() => {
      try {
        return setTimeout('window.ran = true') > 0 && 'ran' in window;
      } catch {
        return false;
      }
    });
    expect(made).toBe(false);
    await expect.poll(() => problems.splice(0).join()).toMatch(/Content Security Policy/);
  });

  test('missing files', async ({ page, problems }) => {
    await page.goto('./');
    await page.evaluate(() => void new Worker('./missing.js'));
    await expect.poll(() => problems.splice(0).join()).toMatch(/response: 404 .*missing\.js/);
  });

  test('requests that leave the origin', async ({ page, baseURL, problems }) => {
    const other = String(baseURL).replace('127.0.0.1', 'localhost');
    await page.goto(other);
    expect(problems.splice(0)).toContain(`request: left the origin: ${other}`);
  });

  test.describe('but not', () => {
    test.use({ expectedErrors: [/on purpose/] });
    test('what a test provokes', async ({ page }) => {
      await page.goto('./');
      const logged = page.waitForEvent('console');
      await page.evaluate(() => console.error('on purpose'));
      await logged;
    });
  });
});
