import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

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
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    });

test('dialogs are accessible too', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft06');
  for (const command of ['Gallery', 'Export', 'Keyboard and help', 'Open pasted text']) {
    await app.command(command);
    await expect(page.getByRole('dialog')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id, nodes }) => `${command}, ${id}: ${nodes[0].html}`)).toEqual([]);
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
