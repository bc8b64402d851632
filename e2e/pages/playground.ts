/** The page as a person uses it: by roles and labels only. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** The folder of public benchmark instances; specs that need one skip, visibly, without it. */
export const benchFolder =
  process.env.INCUMBENT_BENCH ?? join(import.meta.dirname, '../../../shared/bench');
export const hasBench = existsSync(benchFolder);
export const benchText = (file: string): string => readFileSync(join(benchFolder, file), 'utf8');

export class Playground {
  readonly score: Locator;
  readonly messages: Locator;
  readonly solver: Locator;

  constructor(readonly page: Page) {
    this.score = page.getByRole('region', { name: 'Score' });
    this.solver = page.getByRole('complementary', { name: 'Solver and runs' });
    this.messages = page.getByRole('list', { name: 'Messages' });
  }

  /**
   * Loads the page anew: a change of the fragment alone would leave the old document in place
   * for a moment.
   * @param hash a link's fragment, e.g. `#/job-shop/ft06`.
   */
  async open(hash: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(`./${hash}`);
    await expect(this.score).toBeVisible();
  }

  async run(): Promise<void> {
    await this.page.getByRole('button', { name: 'Run', exact: true }).click();
  }

  async stop(): Promise<void> {
    await this.page.getByRole('button', { name: 'Stop', exact: true }).click();
  }

  /** Budget fields of the solver panel; an empty text is no limit. */
  async setBudget(budget: { seconds?: string; steps?: string }): Promise<void> {
    if (budget.steps !== undefined) {
      await this.solver.getByRole('button', { name: 'More limits' }).click();
      await this.solver.getByLabel('Steps', { exact: true }).fill(budget.steps);
    }
    if (budget.seconds !== undefined)
      await this.solver.getByLabel('Time s', { exact: true }).fill(budget.seconds);
  }

  async setSeed(seed: number): Promise<void> {
    await this.page.getByRole('spinbutton', { name: 'Seed', exact: true }).fill(String(seed));
  }

  /** A figure of the score line, as text. */
  figure(label: string): Locator {
    return this.score
      .locator('div', { has: this.page.getByText(label, { exact: true }) })
      .locator('b');
  }

  /** A figure as a number, whatever separates its thousands. */
  async number(label: string): Promise<number> {
    const text = (await this.figure(label).textContent()) ?? '';
    return Number(text.replace(/[^0-9.−-]/g, '').replace('−', '-'));
  }

  /** Waits for a verified solution. */
  async verified(): Promise<void> {
    await expect(this.score.getByText('✓ verified')).toBeVisible();
  }

  /** Waits for the end of the run. */
  async ended(timeout = 30_000): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Stop', exact: true })).toBeDisabled({
      timeout,
    });
  }

  async drop(name: string, text: string): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ([fileName, content]) => {
        const data = new DataTransfer();
        data.items.add(new File([content], fileName, { type: 'text/plain' }));
        return data;
      },
      [name, text],
    );
    await this.page.locator('body > #root > div').dispatchEvent('drop', { dataTransfer: transfer });
  }

  dropBench(file: string): Promise<void> {
    return this.drop(basename(file), benchText(file));
  }

  async paste(text: string): Promise<void> {
    await this.page.evaluate((content) => {
      const data = new DataTransfer();
      data.setData('text/plain', content);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, text);
  }

  /** The document's name, which tells instances apart. */
  get name(): Locator {
    return this.page.getByLabel('Name of the instance');
  }

  async command(text: string): Promise<void> {
    await expect(this.score).toBeVisible();
    await this.page.keyboard.press('Control+k');
    const input = this.page.getByPlaceholder('What do you want to do?');
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  get picture(): Locator {
    return this.page.getByRole('region', { name: 'Picture' });
  }

  /** Downloads a choice of the export dialog and reads it. */
  async exported(group: string, label: string): Promise<string> {
    await this.page.keyboard.press('Control+s');
    const dialog = this.page.getByRole('dialog', { name: 'Export' });
    const download = this.page.waitForEvent('download');
    await dialog
      .locator('section', { has: this.page.getByRole('heading', { name: group }) })
      .getByRole('button', { name: label, exact: true })
      .click();
    return readFileSync(await (await download).path(), 'utf8');
  }
}
