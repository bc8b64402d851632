import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

test('the job-shop table edits durations, with undo and redo', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/three');
  const work = page.getByText('Total work').locator('xpath=following-sibling::dd');
  const before = await work.textContent();
  await page.getByRole('button', { name: 'Add job' }).click();
  await expect(page.getByText('4 × 3')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('3 × 3')).toBeVisible();
  await expect(work).toHaveText(before ?? '');
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByText('4 × 3')).toBeVisible();
});

test('dragging a bar reorders its machine; the result is verified', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/three');
  await app.run();
  await app.verified();
  await app.ended();
  const best = await app.number('Makespan');
  const canvas = app.picture.locator('canvas');
  const box = (await canvas.boundingBox())!;
  // The first bar of machine 1 to behind the second one.
  await page.mouse.move(box.x + box.width * 0.08, box.y + box.height * 0.25);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.25, { steps: 8 });
  await page.mouse.move(box.x + box.width * 0.46, box.y + box.height * 0.25, { steps: 8 });
  await page.mouse.up();
  await expect(app.score.getByText('own solution')).toBeVisible();
  await app.verified();
  expect(await app.number('Makespan')).toBeGreaterThanOrEqual(best);
});

test('cities are added by click, dragged, and deleted by key', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/tsp/berlin52');
  const canvas = app.picture.locator('canvas');
  const cities = page
    .getByText('Cities', { exact: true })
    .first()
    .locator('xpath=following-sibling::dd');
  await expect(cities).toHaveText('52');
  const box = (await canvas.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.45, box.y + box.height * 0.3);
  await expect(cities).toHaveText('53');
  await page.keyboard.press('Delete');
  await expect(cities).toHaveText('52');
  await page.keyboard.press('Control+z');
  await expect(cities).toHaveText('53');
});

test('a customer is added and the depot dragged', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/vrp/ten-stops');
  const customers = page
    .getByText('Customers', { exact: true })
    .first()
    .locator('xpath=following-sibling::dd');
  const before = Number(await customers.textContent());
  const canvas = app.picture.locator('canvas');
  const box = (await canvas.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.31, box.y + box.height * 0.9);
  await expect(customers).toHaveText(String(before + 1));
  await app.run();
  await app.verified();
});

test('text edits change the instance; broken text changes nothing', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/knapsack/hike');
  await page.getByRole('radio', { name: 'Text' }).check();
  await expect(page.locator('.monaco-editor')).toBeVisible({ timeout: 30_000 });
  await page.locator('.monaco-editor').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(
    '{"name":"typed","capacity":10,"items":[{"profit":5,"weight":4}]}',
  );
  await expect(app.name).toHaveValue('typed');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('{"name":"broken","capacity":-1,"items":[]}');
  await expect(page.getByText(/capacity/i).first()).toBeVisible();
  await expect(app.name).toHaveValue('typed');
});

test('letters and pasted text belong to the text editor, and are no commands', async ({
  page,
  context,
}) => {
  const app = new Playground(page);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open('#/knapsack/hike');
  const name = await app.name.inputValue();
  await page.getByRole('radio', { name: 'Text' }).check();
  const editor = page.locator('.monaco-editor');
  await expect(editor).toBeVisible({ timeout: 30_000 });
  const lines = editor.locator('.view-lines');
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('rpsx');
  await expect(lines).toHaveText('rpsx');
  await expect(app.score.getByText('✓ verified')).toBeHidden();
  await page.evaluate(() => navigator.clipboard.writeText('no instance'));
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
  await expect(lines).toHaveText(/no.instance/);
  await page.keyboard.press('Control+z');
  await expect(lines).toHaveText('rpsx');
  // As long as opening what was pasted would take.
  await page.waitForTimeout(500);
  await expect(app.messages).not.toContainText('cannot be opened');
  await expect(app.name).toHaveValue(name);
});

test('a learning-rate curve is drawn freehand', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/learning-rate/cosine-spirals');
  await page.getByRole('radio', { name: 'Draw' }).check();
  const canvas = app.picture.locator('canvas');
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.3);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++)
    await page.mouse.move(
      box.x + box.width * (0.1 + i * 0.065),
      box.y + box.height * (0.3 + i * 0.04),
    );
  await page.mouse.up();
  await expect(page.getByText(/Schedule/).first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+z');
  await app.run();
  await app.verified();
});

test('generators make a new instance for every seed, and undo brings the old one back', async ({
  page,
}) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft06');
  await page.getByRole('radio', { name: 'Generate' }).check();
  await page.getByRole('button', { name: 'Generate' }).click();
  const first = await app.name.inputValue();
  await page.getByRole('button', { name: 'Next seed' }).click();
  await app.run();
  await app.verified();
  await page.keyboard.press('Control+z');
  await expect(app.name).toHaveValue(first);
});

test('views, toggles and table select together', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/vrp/ten-stops');
  await app.run();
  await app.verified();
  for (const mode of ['Loads', 'Timetable', 'Routes']) {
    await page.getByRole('radiogroup', { name: 'Mode' }).getByText(mode).click();
    await expect(app.picture.locator('canvas')).toBeVisible();
  }
  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(page.getByRole('tabpanel').getByRole('row').nth(5)).toBeVisible();
});
