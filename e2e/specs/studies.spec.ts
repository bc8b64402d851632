import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

test('all solvers are compared on the open instance, and one run is opened', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/knapsack/hike');
  await page.getByRole('button', { name: 'Studies' }).click();
  const study = page.getByRole('main', { name: 'Study' });
  const side = page.getByRole('complementary', { name: 'Runs of the study' });
  await page
    .getByRole('navigation', { name: 'Studies' })
    .getByRole('button', { name: 'Solvers side by side' })
    .click();
  await side.getByLabel('Time per run', { exact: true }).fill('0.2');
  await side.getByLabel('Seeds', { exact: true }).fill('1');
  await side.getByRole('button', { name: 'Run the study' }).click();
  await expect(side.getByRole('status')).toContainText('have ended');
  await expect(study.getByRole('list', { name: 'Findings' })).toContainText('proven optimal');
  const download = page.waitForEvent('download');
  await side.getByRole('button', { name: 'JSON' }).click();
  const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as {
    study: string;
    runs: { objective: number; solverId: string }[];
  };
  expect(saved.study).toBe('knapsack/solvers');
  expect(saved.runs.length).toBeGreaterThan(3);
  await side.getByRole('button', { name: /^Open Greedy/ }).click();
  await expect(page.getByLabel('Solver', { exact: true })).toHaveValue('greedy');
  await app.run();
  await app.ended();
  const greedy = saved.runs.find(({ solverId }) => solverId === 'greedy')!;
  expect(await app.number('Profit')).toBe(greedy.objective);
});

test('a study is stopped and keeps what it has', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ta21');
  await page.keyboard.press('t');
  const side = page.getByRole('complementary', { name: 'Runs of the study' });
  await page.getByRole('navigation', { name: 'Studies' }).getByText('Solvers side by side').click();
  await side.getByLabel('Time per run', { exact: true }).fill('60');
  await side.getByRole('button', { name: 'Run the study' }).click();
  await expect(side.getByRole('list', { name: 'Runs' }).locator('b').first()).not.toBeEmpty();
  await side.getByRole('button', { name: 'Stop' }).click();
  await expect(side.getByRole('status')).toContainText('Stopped');
  await expect(page.getByRole('table')).not.toHaveCount(0);
  await page.keyboard.press('t');
  await expect(app.score).toBeVisible();
});

test('a link opens a study with its values, and runs nothing by itself', async ({ page }) => {
  await page.goto('./#/job-shop/ft06?view.study=solvers&s.seeds=3&s.seconds=-5');
  const side = page.getByRole('complementary', { name: 'Runs of the study' });
  await expect(side.getByLabel('Seeds', { exact: true })).toHaveValue('3');
  // Out of range, so it falls to its default.
  await expect(side.getByLabel('Time per run', { exact: true })).toHaveValue('2');
  await expect(side.getByRole('status')).toContainText(/^\d+ runs, about/);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toHaveValue(
    /view\.study=solvers&s\.seeds=3/,
  );
});
