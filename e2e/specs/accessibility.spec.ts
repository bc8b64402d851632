import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

/** Serious and critical findings of axe on the page as it is. */
async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

const pages = [
  '#/job-shop/ft06',
  '#/tsp/berlin52',
  '#/vrp/x-100',
  '#/knapsack/hike',
  '#/learning-rate/cosine-spirals',
];

for (const [scheme, where] of [
  ['light', ''],
  ['dark', ''],
  ['light', ' @phone'],
  ['dark', ' @phone'],
] as const)
  for (const hash of pages)
    test(`axe finds nothing serious: ${hash} ${scheme}${where}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      const app = new Playground(page);
      await app.open(hash);
      await expect(app.messages.getByRole('listitem')).toHaveCount(0);
      await app.run();
      await app.verified();
      expect(await seriousFindings(page)).toEqual([]);
    });

for (const [scheme, where] of [
  ['light', ''],
  ['dark', ' @phone'],
] as const)
  test(`axe finds nothing serious: studies ${scheme}${where}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const app = new Playground(page);
    await app.open('#/learning-rate/cosine-spirals');
    await page.keyboard.press('t');
    await expect(page.getByRole('main', { name: 'Study' }).getByRole('img').first()).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
  });

test('dialogs are accessible too', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft06');
  for (const command of ['Gallery', 'Export', 'Keyboard and help', 'Open pasted text']) {
    await app.command(command);
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await seriousFindings(page), command).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('everything important is reached with the keyboard', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft06');
  await page.locator('body').press('r');
  await app.verified();
  await page.locator('body').press('x');
  await app.ended();
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard and help' })).toBeVisible();
  await page.keyboard.press('Escape');
  await app.command('Go to TSP');
  await expect(page.getByRole('button', { name: 'TSP', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
});
