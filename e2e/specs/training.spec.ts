/** Training runs: charts tied together, side by side, and gone on with in another tab. */
import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

const finished = { timeout: 60_000 };

test('a paused run goes on in another tab and ends as the whole one', async ({ page, context }) => {
  const first = new Playground(page);
  await first.open('#/learning-rate/cosine-spirals');
  await first.run();
  await expect(page.getByText('finished', { exact: true })).toBeVisible(finished);
  const whole = await first.figure('Loss').textContent();

  await page.getByLabel('Speed').selectOption({ label: '200 steps/s' });
  await first.run();
  const saved = page.getByRole('region', { name: 'Continue' });
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const download = page.waitForEvent('download');
  await saved.getByRole('button', { name: 'Save run' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ solution: { checkpoint: {} } });

  const other = new Playground(await context.newPage());
  await other.open('#/job-shop/ft06');
  await saved.getByRole('button', { name: 'To another tab' }).click();
  await other.page.getByRole('button', { name: 'Open it' }).click();
  const going = other.page.getByRole('region', { name: 'Continue' });
  await expect(going).toContainText(/stands at step \d+ of 2/);
  await going.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(other.page.getByText('finished', { exact: true })).toBeVisible(finished);
  await expect(other.figure('Loss')).toHaveText(whole ?? '');
  await expect(going.getByRole('button', { name: /Continue to step 3/ })).toBeVisible();
});

test('held curves are trained side by side, each on a worker, seeds as a mean', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open('#/learning-rate/wsd-drop');
  await page.keyboard.press('h');
  await page.getByRole('combobox', { name: 'Schedule' }).first().selectOption({ label: 'Linear' });
  const together = page.getByRole('region', { name: 'Side by side' });
  await together.getByRole('button', { name: 'Hold this curve' }).click();
  await together.getByLabel('Seeds').selectOption('2');
  await together.getByRole('button', { name: 'Run 2 side by side' }).click();
  await expect(page.getByRole('button', { name: 'Unpin run' })).toHaveCount(4, finished);
  await expect(page.getByRole('img', { name: /^Runs over each other\./ })).toBeVisible();
});

test('pointing at a chart of the run shows the step in the picture', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open('#/learning-rate/wsd-drop');
  await playground.run();
  await expect(page.getByText('finished', { exact: true })).toBeVisible(finished);
  await page.getByRole('tab', { name: 'Trace' }).click();
  const chart = page.getByRole('img', { name: /^Trace\./ });
  await expect(chart.locator('canvas')).toBeVisible();
  const picture = page.getByRole('application', { name: 'Curve' }).locator('canvas');
  const before = await picture.screenshot();
  const box = (await chart.boundingBox())!;
  await page.mouse.move(box.x + 120, box.y + 70);
  await expect
    .poll(async () => (await picture.screenshot()).equals(before), { timeout: 5_000 })
    .toBe(false);
});
