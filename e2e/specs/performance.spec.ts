import { expect, longTasks, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

const streams = [
  { name: 'a TSP of 2 000 cities', hash: '#/tsp/uniform?cities=2000&seed=1' },
  { name: 'a 20×20 job shop', hash: '#/job-shop/ta21' },
  { name: 'a 200-customer VRP', hash: '#/vrp/x?customers=200&seed=1' },
];

for (const { name, hash } of streams)
  test(`the main thread has no long task while ${name} streams @alone`, async ({ page }) => {
    const app = new Playground(page);
    await app.open(hash);
    await expect(app.messages.getByRole('listitem')).toHaveCount(0);
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
