/** The base of every spec: a page on which nothing may go wrong unseen. */
import { expect, test as base, type Page } from '@playwright/test';

export { expect };

interface Options {
  /** Messages of errors a test provokes on purpose. */
  expectedErrors: readonly RegExp[];
}

interface Guard {
  /** What went wrong so far, one line each. */
  problems: string[];
}

/**
 * Fails a test on an uncaught error, on an error or violated content policy on the console (of pages
 * and workers), on any request that leaves the origin, and on any answer that is an error.
 */
export const test = base.extend<Options & Guard>({
  expectedErrors: [[], { option: true }],
  problems: [
    async ({ context, baseURL, expectedErrors }, use) => {
      const origin = new URL(baseURL ?? '').origin;
      const problems: string[] = [];
      const note = (kind: string, text: string): void => {
        if (!expectedErrors.some((expected) => expected.test(text))) {
          problems.push(`${kind}: ${text}`);
        }
      };
      context.on('weberror', (event) => {
        const error = event.error();
        note('uncaught', error.stack ?? error.message);
      });
      context.on('console', (message) => {
        if (message.type() === 'error') note('console', message.text());
      });
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) {
          note('request', `left the origin: ${request.url()}`);
        }
      });
      context.on('response', (response) => {
        if (response.status() >= 400) note('response', `${response.status()} ${response.url()}`);
      });
      await use(problems);
      expect(problems, 'errors and foreign requests during the test').toEqual([]);
    },
    { auto: true },
  ],
});

export interface LongTask {
  /** Since navigation, in ms. */
  start: number;
  /** In ms; the browser reports those over 50. */
  duration: number;
}

export interface LongTaskLog {
  /** All since the log began or was last read. */
  read(): Promise<LongTask[]>;
}

declare global {
  interface Window {
    incumbentLongTasks?: { observer: PerformanceObserver; tasks: LongTask[] };
  }
}

/**
 * Collects the main thread's tasks over 50 ms from now on.
 * The page must be loaded; a navigation ends the log.
 */
export async function longTasks(page: Page): Promise<LongTaskLog> {
  await page.evaluate(() => {
    const tasks: LongTask[] = [];
    const keep = (entries: PerformanceEntryList): void => {
      for (const { startTime, duration } of entries) tasks.push({ start: startTime, duration });
    };
    window.incumbentLongTasks?.observer.disconnect();
    const observer = new PerformanceObserver((list) => keep(list.getEntries()));
    observer.observe({ type: 'longtask' });
    window.incumbentLongTasks = { observer, tasks };
  });
  return {
    read: () =>
      page.evaluate(async () => {
        const log = window.incumbentLongTasks;
        if (!log) throw new Error('The page was left: its log of long tasks is gone');
        // Entries arrive in a task of their own, after the long one.
        await new Promise((done) => setTimeout(done, 100));
        return log.tasks.splice(0);
      }),
  };
}
