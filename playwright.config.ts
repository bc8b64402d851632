import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/lib/browser.mjs';
import { freePort } from './scripts/lib/server.mjs';

const executablePath = findChromium();
if (!executablePath) {
  throw new Error('No Chromium found: npm test installs one; else set CHROMIUM_PATH.');
}
// Chosen once: workers read this file again and inherit the environment.
process.env.E2E_PORT ??= String(await freePort());
const port = process.env.E2E_PORT;
const isRoot = process.getuid?.() === 0;

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } };

export default defineConfig({
  testDir: 'e2e',
  testMatch: 'specs/**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: Number(process.env.E2E_WORKERS ?? 2),
  // Two slow cores carry the page, its solvers, the server and the test.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    launchOptions: { executablePath, args: isRoot ? ['--no-sandbox'] : [] },
    // The specs of offline use allow it; elsewhere every test starts from the network.
    serviceWorkers: 'block',
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
  },
  // Tags in a test's title or details choose where it runs: @phone, @alone, else the desktop.
  projects: [
    { name: 'desktop', grepInvert: /@phone|@alone/, use: desktop },
    {
      name: 'phone',
      grep: /@phone/,
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
    },
    {
      // Measurements of time, which other tests at the same time would spoil.
      name: 'alone',
      grep: /@alone/,
      use: desktop,
      workers: 1,
      dependencies: ['desktop', 'phone'],
    },
  ],
  webServer: {
    command: `node scripts/start.mjs --strict-port --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    // Covers a build, when the tests are run without one.
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    stdout: 'pipe',
  },
});
