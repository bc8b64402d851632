import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

test('on a phone the picture comes first and nothing sticks out @phone', async ({ page }) => {
  const app = new Playground(page);
  for (const hash of ['#/job-shop/ft10', '#/tsp/berlin52', '#/vrp/ten-stops', '#/knapsack/hike']) {
    await app.open(hash);
    await app.run();
    await app.verified();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeInViewport();
    await expect(app.picture).toBeInViewport();
  }
});

test('instance and solver are bottom sheets @phone', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft06');
  await page.getByRole('button', { name: 'Instance', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'Instance' })).toBeVisible();
  await expect(page.getByText('6 × 6')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Solver', exact: true }).click();
  await page.getByLabel('Solver', { exact: true }).selectOption('dispatch');
  await page.keyboard.press('Escape');
  await app.run();
  await app.verified();
});
