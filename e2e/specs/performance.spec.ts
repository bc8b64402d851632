import { expect, longTasks, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

// One at a time: two pages on two cores would measure each other.
test.describe.configure({ mode: 'serial' });

const streams = [
  { name: 'a TSP of 2 000 cities', hash: '#/tsp/uniform?cities=2000&seed=1' },
  { name: 'a 20×20 job shop', hash: '#/job-shop/ta21' },
  { name: 'a 200-customer VRP', hash: '#/vrp/uchoa?customers=200&seed=1' },
];

for (const { name, hash } of streams)
  test(`the main thread has no long task while ${name} streams`, async ({ page }) => {
    const app = new Playground(page);
    await app.open(hash);
    await app.run();
    await app.verified();
    // What loads once (charts) is loaded by now.
    await page.waitForTimeout(1500);
    const log = await longTasks(page);
    await page.waitForTimeout(5000);
    const tasks = await log.read();
    expect(tasks.map(({ duration }) => duration)).toEqual([]);
    await app.stop();
    await app.ended();
  });
