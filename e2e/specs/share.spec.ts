import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

/** The link the share dialog offers. */
async function sharedLink(app: Playground): Promise<string> {
  await app.page.getByRole('button', { name: 'Share' }).click();
  const link = await app.page
    .getByRole('dialog', { name: 'Share' })
    .getByRole('textbox')
    .inputValue();
  await app.page.keyboard.press('Escape');
  return link.slice(link.indexOf('#'));
}

test('a link carries instance, solver, seed and budget, and runs nothing by itself', async ({
  page,
  context,
}) => {
  const app = new Playground(page);
  await app.open('#/tsp/uniform?seed=3');
  await app.paste('x,y\n0,0\n0,10\n10,10\n10,0\n5,5\n');
  await expect(app.messages).toContainText('Opened');
  await page.getByLabel('Solver', { exact: true }).selectOption('nearest-neighbour');
  await app.setSeed(77);
  await app.setBudget({ seconds: '4' });
  const hash = await sharedLink(app);
  expect(hash.length).toBeLessThan(120);

  const other = new Playground(await context.newPage());
  await other.open(hash);
  await expect(other.page.getByLabel('Solver', { exact: true })).toHaveValue('nearest-neighbour');
  await expect(other.page.getByRole('spinbutton', { name: 'Seed', exact: true })).toHaveValue('77');
  await expect(other.page.getByLabel('Time s', { exact: true })).toHaveValue('4');
  await expect(other.figure('Tour length')).toHaveText('–');
  await other.run();
  await other.ended();
  expect(await other.number('Tour length')).toBeGreaterThan(40);
});

test('the share dialog shows a QR code', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft10');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
});

for (const [name, hash] of [
  ['a damaged link', '#/tsp/~CAAAAAAAAA'],
  ['an unknown family', '#/nothing/~CA'],
  ['an unknown gallery name', '#/tsp/no-such-instance'],
  ['a link far too long', `#/tsp/~${'A'.repeat(40_000)}`],
] as const)
  test(`${name} gives one clear message and a page that works`, async ({ page }) => {
    const app = new Playground(page);
    await app.open(hash);
    await expect(app.messages).toContainText('The link cannot be opened');
    await app.run();
    await app.verified();
  });

test('a link never overwrites saved work', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft06');
  await app.name.fill('My own work');
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await app.open('#/tsp/uniform?seed=3');
  await page.reload();
  await app.command('Recent documents');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /My own work/ })
    .first()
    .click();
  await expect(app.name).toHaveValue('My own work');
});

test('edited work is still there after a reload', async ({ page }) => {
  const app = new Playground(page);
  await app.open('');
  await app.name.fill('Kept over reload');
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await app.page.goto('./');
  await expect(app.name).toHaveValue('Kept over reload');
});
