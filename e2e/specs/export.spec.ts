import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

test('a solved tour leaves as TSPLIB, .tour, SVG and CSV', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/tsp/berlin52');
  await app.run();
  await app.ended();
  expect(await app.exported('Instance', 'TSPLIB')).toContain('NODE_COORD_SECTION');
  const tour = await app.exported('Solution', 'TSPLIB tour');
  expect(tour).toContain('TOUR_SECTION');
  expect(await app.exported('Picture', 'SVG')).toMatch(/^<svg/);
  expect(await app.exported('Run', 'Convergence (CSV)')).toMatch(
    /^kind,seconds,steps,value\nincumbent,/,
  );
  await app.open('#/tsp/berlin52');
  await app.drop('berlin52.tour', tour);
  await app.verified();
  expect(await app.number('Tour length')).toBe(7542);
});

test('the proof of an optimal tour leaves as a file, and is verified when it comes back', async ({
  page,
}) => {
  const app = new Playground(page);
  await app.open('#/tsp/berlin52');
  await page.getByLabel('Solver', { exact: true }).selectOption('branch-and-cut');
  await app.run();
  await app.ended();
  const proof = await app.exported('Run', 'Proof of the bound (JSON)');
  await app.open('#/tsp/berlin52');
  await app.drop('berlin52.proof.json', proof);
  await expect(app.messages).toContainText('The proof holds: no solution is below 7');
  const { tree, ...rest } = JSON.parse(proof) as { tree: unknown };
  expect(tree).toBeDefined();
  await app.drop('cut.json', JSON.stringify({ ...rest, tree: { leaf: { cities: [], cuts: [] } } }));
  await expect(app.messages).toContainText('There must be 52 finite multipliers');
});

test('a document file brings back instance, solver and solution', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/knapsack/hike');
  await page.getByLabel('Solver', { exact: true }).selectOption('greedy');
  await app.run();
  await app.ended();
  const profit = await app.number('Profit');
  const file = await app.exported('Instance', 'Incumbent document (instance, solver, solution)');
  await app.open('#/job-shop/ft06');
  await app.drop('hike.incumbent.json', file);
  await app.verified();
  await expect(page.getByLabel('Solver', { exact: true })).toHaveValue('greedy');
  expect(await app.number('Profit')).toBe(profit);
});

test('the command line of a run is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = new Playground(page);
  await app.open('#/job-shop/ft10');
  await app.setSeed(9);
  await page.keyboard.press('Tab');
  await app.command('Export');
  await page.getByRole('dialog').getByRole('button', { name: 'Command line' }).click();
  await expect(app.messages).toContainText('copied');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain('gallery:job-shop/ft10');
  expect(text).toContain('--seed 9');
});
