import { NO_BUDGET } from '../../src/core/budget.ts';
import { defaultParams } from '../../src/core/params.ts';
import type { FamilyId } from '../../src/problems/family.ts';
import { familyEntry } from '../../src/problems/registry.ts';
import { solveInNode } from '../../workers/runtime/node.ts';
import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

test('the first visit shows a small instance solving itself', async ({ page }) => {
  const app = new Playground(page);
  await app.open('');
  await app.verified();
  expect(await app.number('Makespan')).toBeGreaterThan(0);
});

test('a run pauses, resumes, steps and stops', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ta21');
  await app.run();
  await app.verified();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(app.score.getByText('paused')).toBeVisible();
  // The score line is renewed every 100 ms.
  await page.waitForTimeout(300);
  const before = await app.figure('Time').textContent();
  await page.waitForTimeout(500);
  expect(await app.figure('Time').textContent()).toBe(before);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(app.score.getByText('paused')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(app.score.getByText('running')).toBeVisible();
  await app.stop();
  await app.ended();
  await expect(app.score.getByText('stopped')).toBeVisible();
  await app.verified();
});

test('stepping from the start shows single steps', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft10');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await app.verified();
  await expect(app.score.getByText('paused')).toBeVisible();
});

test('a proof ends the run as proven optimal', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ta71');
  await app.run();
  await app.ended();
  await expect(app.score.getByText('proven optimal')).toBeVisible();
  expect(await app.number('Makespan')).toBe(5464);
  expect(await app.number('Gap')).toBe(0);
});

test('the time slider replays every incumbent, backwards too', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ta01');
  await app.setBudget({ seconds: '2' });
  await app.run();
  await app.ended();
  const last = await app.number('Makespan');
  await page.keyboard.press(',');
  await expect(app.score.getByText('replay')).toBeVisible();
  await expect.poll(() => app.number('Makespan')).toBeGreaterThan(last);
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  const first = await expect
    .poll(() => app.number('Makespan'))
    .toBeGreaterThan(last)
    .then(() => app.number('Makespan'));
  await page.keyboard.press('End');
  await expect.poll(() => app.number('Makespan')).toBe(last);
  expect(first).toBeGreaterThan(last);
});

test('several workers share one run', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ta21');
  await page.getByLabel('Workers').selectOption('2');
  await app.setBudget({ seconds: '2' });
  await app.run();
  await app.ended();
  await app.verified();
  expect(await app.number('Makespan')).toBeLessThan(1720);
});

test('finished runs are listed and compared', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft06');
  await app.setBudget({ seconds: '0.3' });
  await app.run();
  await app.ended();
  await page.getByLabel('Solver', { exact: true }).selectOption('dispatch');
  await app.run();
  await app.ended();
  const runs = page.getByRole('region', { name: 'Runs' });
  await expect(runs.getByRole('listitem')).toHaveCount(2);
  await runs.getByRole('button', { name: 'Pin run to compare' }).first().click();
  await page.getByRole('tab', { name: 'Compare' }).click();
  await expect(page.getByRole('tabpanel').getByRole('row')).toHaveCount(3);
});

const repeats: { family: FamilyId; gallery: string; steps: number }[] = [
  { family: 'job-shop', gallery: 'ft10', steps: 20_000 },
  { family: 'tsp', gallery: 'berlin52', steps: 2_000 },
  { family: 'vrp', gallery: 'x-100', steps: 2_000 },
  { family: 'vrp', gallery: 'pairs', steps: 2_000 },
  { family: 'knapsack', gallery: 'hike', steps: 2_000 },
  { family: 'learning-rate', gallery: 'wsd-drop', steps: 400 },
  { family: 'learning-rate', gallery: 'cosine-spirals', steps: 400 },
  { family: 'learning-rate', gallery: 'text-wsd', steps: 20 },
];

for (const { family: id, gallery, steps } of repeats)
  test(`a seed and a step budget give the same result here and in Node: ${id}/${gallery}`, async ({
    page,
  }) => {
    const family = await familyEntry(id)!.load();
    const entry = family.gallery.find((candidate) => candidate.id === gallery)!;
    const instance = entry.instance();
    const solver = family.solvers.find((info) => info.id === family.defaultSolver(instance))!;
    const node = await solveInNode({
      family,
      instance,
      solverId: solver.id,
      params: defaultParams(solver.params),
      seed: 5,
      budget: { ...NO_BUDGET, steps },
      threads: 1,
    });
    const app = new Playground(page);
    await app.open(`#/${id}/${entry.id}`);
    await app.setSeed(5);
    await app.setBudget({ seconds: '', steps: String(steps) });
    await app.run();
    await app.ended(60_000);
    await app.verified();
    const solution: unknown = JSON.parse(await app.exported('Solution', 'JSON'));
    expect(solution).toEqual(
      JSON.parse(JSON.stringify(family.writeSolution(instance, node.solution))),
    );
  });
