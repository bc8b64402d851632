import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

/** A schedule that is typed, from the beginning: as others are, then as code. */
class CodePanel {
  readonly field: Locator;
  readonly status: Locator;
  readonly schedule: Locator;
  readonly bound: Locator;

  constructor(readonly page: Page) {
    this.field = page.getByRole('group', { name: 'Code' });
    this.status = this.field.getByRole('status');
    this.schedule = this.fact('Schedule');
    this.bound = this.fact('Bound Ω*');
  }

  private fact(label: string): Locator {
    return this.page.locator('dl div', { hasText: label }).locator('dd');
  }

  async choose(): Promise<void> {
    await this.page.getByLabel('Schedule', { exact: true }).selectOption('code');
    await expect(this.status).toHaveText('Not run yet');
    await expect(this.field.locator('.monaco-editor')).toBeVisible({ timeout: 30_000 });
  }

  /** Without braces, which the editor would close. */
  async type(code: string): Promise<void> {
    await this.field.locator('.monaco-editor').click();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(code);
  }

  async run(): Promise<void> {
    await this.field.getByRole('button', { name: 'Run code' }).click();
  }

  problem(text: string | RegExp): Locator {
    return this.field.getByRole('list', { name: 'Problems in the text' }).getByText(text);
  }
}

/** Never ends. */
const ENDLESS = 'const schedule = (t: number): number => { while (true) t++; };';

/** Notes every frame and every worker made of a blob from the start of each page on. */
async function watchFrames(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const made: string[] = [];
    (globalThis as unknown as { made: string[] }).made = made;
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (node.nodeName === 'IFRAME') made.push('frame');
    }).observe(document, { childList: true, subtree: true });
  });
  const workers: string[] = [];
  page.on('worker', (worker) => {
    if (worker.url().startsWith('blob:')) workers.push('worker');
  });
  return async () => [
    ...(await page.evaluate(() => (globalThis as unknown as { made: string[] }).made)),
    ...workers,
  ];
}

test('a typed function becomes the curve, and training uses it', async ({ page }) => {
  const app = new Playground(page);
  const code = new CodePanel(page);
  await app.open('#/learning-rate/rex-formula');
  const before = await code.bound.textContent();
  await code.choose();
  await expect(code.schedule).toHaveText('Code, not run yet');
  await expect(code.bound).toHaveText('–');

  // The function begins as the formula that was there.
  await code.run();
  await expect(code.status).toHaveText('Has run');
  await expect(code.schedule).toHaveText('Code');
  await expect(code.bound).toHaveText(before ?? '');

  // From then on typing is enough; types go, powers and functions are the same in every engine.
  await code.type('(t: number, T: number): number => (1 - t / T) ** 2');
  await expect(code.bound).not.toHaveText(before ?? '');
  await expect(code.status).toHaveText('Has run');
  await page.getByLabel('Steps', { exact: true }).first().fill('300');
  await page.keyboard.press('Enter');
  await expect(code.schedule).toHaveText('Code');
  await app.run();
  await app.verified();
  await app.ended();
  const loss = await app.number('Loss');

  // The same curve by name trains to the same loss, bit for bit.
  await page.getByLabel('Schedule', { exact: true }).selectOption('polynomial');
  await page.getByLabel('Power', { exact: true }).fill('2');
  await page.keyboard.press('Enter');
  await app.run();
  await app.ended();
  expect(await app.number('Loss')).toBe(loss);
});

test('a loop without end is ended, and the page goes on', async ({ page }) => {
  const app = new Playground(page);
  const code = new CodePanel(page);
  await app.open('#/learning-rate/rex-formula');
  await code.choose();
  await code.type(ENDLESS);
  const started = Date.now();
  await code.run();
  await expect(code.status).toHaveText('Running');
  // The page answers while the code runs.
  await app.picture.getByText('Log', { exact: true }).click();
  await expect(code.problem(/did not end within 1 s/)).toBeVisible();
  expect(Date.now() - started).toBeLessThan(4000);
  await expect(code.status).toHaveText('Not run: see below');
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(code.schedule).toHaveText('Code, not run yet');

  // Run says the same, and starts nothing.
  await app.run();
  await expect(app.messages).toContainText('did not end within 1 s');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeDisabled();
});

test('faults are told with line and column', async ({ page }) => {
  const app = new Playground(page);
  const code = new CodePanel(page);
  await app.open('#/learning-rate/rex-formula');
  await code.choose();
  await code.run();
  await expect(code.status).toHaveText('Has run');
  for (const [text, problem, place] of [
    ['(t: number) => t +', 'Unexpected token.', '1:18'],
    ['(t: number) => 1 / (5 - t)', 'schedule(5, 1500) gave Infinity.', '1:1'],
    ['(t: number) => 5 - t', 'The code is -1 at t = 6.', '1:1'],
    ['(t: number) => fetch("/x")', '"fetch" is not known here.', '1:16'],
    ['(t: number) => localStorage', '"localStorage" is not known here.', '1:16'],
    ['(t: number) => parent', '"parent" is not known here.', '1:16'],
    ['(t: number) => postMessage(1)', '"postMessage" is not known here.', '1:16'],
    [
      '(t: number) => globalThis["WebSocket"].length',
      'Cannot read properties of undefined',
      '1:40',
    ],
    ['(t: number) => Function("return self")()', 'unsafe-eval', '1:16'],
    ['(t: number) => Math.random()', 'Math.random is not available', '1:21'],
    ['(t: number) => new Date().getTime()', 'Date is not available', '1:16'],
  ]) {
    await code.type(text);
    await expect(code.problem(problem)).toBeVisible();
    await expect(code.problem(place)).toBeVisible();
    // The last curve that was good stays.
    await expect(code.schedule).toHaveText('Code');
  }
});

test('what memory there is, the page keeps', async ({ page }) => {
  const app = new Playground(page);
  const code = new CodePanel(page);
  await app.open('#/learning-rate/rex-formula');
  await code.choose();
  await code.type('(t: number) => { const a = []; for (;;) a.push(new Array(100000).fill(0)) }');
  await code.run();
  await expect(code.status).toHaveText('Not run: see below', { timeout: 20_000 });
  await expect(page.locator('iframe')).toHaveCount(0);
  await code.type('() => 1');
  await page.keyboard.press('Control+Enter');
  await expect(code.status).toHaveText('Has run');
});

test('typing goes on while the code runs, and undo takes it back', async ({ page }) => {
  const app = new Playground(page);
  const code = new CodePanel(page);
  const lines = code.field.locator('.view-lines');
  await app.open('#/learning-rate/rex-formula');
  await code.choose();
  await code.type('(t, T) => 1');
  await code.run();
  await expect(code.status).toHaveText('Has run');
  const bound = await code.bound.textContent();
  await code.field.locator('.monaco-editor').click();
  await page.keyboard.press('Control+End');
  // Each pause is about as long as the text waits before it is taken and run.
  for (const letter of ' - t / T / 2') {
    await page.keyboard.type(letter);
    await page.waitForTimeout(letter === ' ' ? 450 : 20);
  }
  await expect(lines).toHaveText(/^\(t,.T\).=>.1.-.t.\/.T.\/.2$/);
  await expect(code.status).toHaveText('Has run');
  await expect(code.bound).not.toHaveText(bound ?? '');
  await app.picture.getByText('Log', { exact: true }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(lines).toHaveText(/^\(t,.T\).=>.1$/);
  await expect(code.bound).toHaveText(bound ?? '');
});

test.describe('the frame', () => {
  test.use({ expectedErrors: [/Content Security Policy|Fetch API cannot load/i] });

  test('has no storage, no page and no network', async ({ page }) => {
    const app = new Playground(page);
    const code = new CodePanel(page);
    await app.open('#/learning-rate/rex-formula');
    await code.choose();
    await code.type(ENDLESS);
    const attached = page.waitForEvent('frameattached');
    await code.run();
    const frame = await attached;
    const found = await frame.evaluate(async (url) => {
      const of = (work: () => unknown): unknown => {
        try {
          return String(work());
        } catch (error) {
          return (error as Error).name;
        }
      };
      return {
        origin: of(() => self.origin),
        storage: of(() => localStorage.length),
        cookie: of(() => document.cookie),
        page: of(() => parent.document.title),
        frame: of(() => frameElement),
        network: await fetch(url, { mode: 'no-cors' }).then(
          () => 'sent',
          () => 'blocked',
        ),
      };
    }, page.url());
    expect(found).toEqual({
      origin: 'null',
      storage: 'SecurityError',
      cookie: 'SecurityError',
      page: 'SecurityError',
      frame: 'null',
      network: 'blocked',
    });
  });
});

test('code from a link runs only when Run is pressed', async ({ page, context }) => {
  const app = new Playground(page);
  const code = new CodePanel(page);
  await app.open('#/learning-rate/rex-formula');
  await code.choose();
  await code.type('(t: number, T: number) => 1 - t / T');
  await expect(code.status).toHaveText('Not run yet');
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('dialog', { name: 'Share' }).getByRole('textbox').inputValue();

  const other = await context.newPage();
  const made = await watchFrames(other);
  const opened = new Playground(other);
  const panel = new CodePanel(other);
  await opened.open(new URL(link).hash);
  await expect(panel.schedule).toHaveText('Code, not run yet');
  await expect(panel.status).toHaveText('Not run yet');
  // Nor by looking at it, editing beside it, undoing or drawing on it.
  await other.getByLabel('Peak learning rate', { exact: true }).fill('0.5');
  await other.keyboard.press('Enter');
  await other.getByRole('radio', { name: 'Text' }).check();
  await other.getByRole('radio', { name: 'Table' }).check();
  await opened.picture.locator('canvas').click();
  await other.keyboard.press('Control+z');
  await expect(panel.schedule).toHaveText('Code, not run yet');
  // As long as code that may run takes to begin.
  await other.waitForTimeout(1000);
  expect(await made()).toEqual([]);

  await opened.run();
  await opened.verified();
  await expect(panel.schedule).toHaveText('Code');
  // The worker in it may have ended before anyone saw it.
  expect(await made()).toContain('frame');
});

test.describe('offline', () => {
  // The text editor is kept once the page has been idle; before that the plain field serves.
  test.use({ serviceWorkers: 'allow', expectedErrors: [/ERR_FAILED/] });

  test('code runs as well', async ({ page, context }) => {
    const app = new Playground(page);
    const code = new CodePanel(page);
    await app.open('#/learning-rate/rex-formula');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await context.setOffline(true);
    await page.reload();
    await expect(app.score).toBeVisible();
    await page.getByLabel('Schedule', { exact: true }).selectOption('code');
    await code.run();
    await expect(code.status).toHaveText('Has run');
  });
});

test('on a phone code is typed as plain text @phone', async ({ page }) => {
  const app = new Playground(page);
  const code = new CodePanel(page);
  await app.open('#/learning-rate/rex-formula');
  await page.getByRole('button', { name: 'Instance', exact: true }).click();
  await page.getByLabel('Schedule', { exact: true }).selectOption('code');
  await code.field
    .getByRole('textbox', { name: 'Code' })
    .fill('export default (t: number, T: number): number => {\n  return 1 - t / T;\n};');
  await code.run();
  await expect(code.status).toHaveText('Has run');
  await expect(code.field).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
