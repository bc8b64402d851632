import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

test.use({ serviceWorkers: 'allow' });

test('after the first visit the page works offline', async ({ page, context }) => {
  const app = new Playground(page);
  await app.open('#/job-shop/ft06');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The worker takes hold of the next load.
  await page.reload();
  await context.setOffline(true);
  await page.reload();
  await expect(app.score).toBeVisible();
  await app.command('Go to TSP');
  await expect(page.getByRole('button', { name: 'TSP', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await app.run();
  await app.verified();
});
