import type { FamilyId } from '../../src/problems/family.ts';
import { families } from '../../src/problems/registry.ts';
import { expect, test } from '../fixtures.ts';
import { Playground } from '../pages/playground.ts';

/** Small instances, so that every solver, exact ones too, has something to show at once. */
const instances: Record<FamilyId, string> = {
  'job-shop': 'ft06',
  tsp: 'burma14',
  vrp: 'ten-stops',
  knapsack: 'hike',
  'learning-rate': 'cosine-spirals',
};

const loaded = await Promise.all(families.map((entry) => entry.load()));

for (const family of loaded)
  test(`every solver runs in the page: ${family.id}`, async ({ page }) => {
    test.slow();
    const app = new Playground(page);
    const instance = family.gallery.find(({ id }) => id === instances[family.id])!.instance();
    await app.open(`#/${family.id}/${instances[family.id]}`);
    for (const solver of family.solvers) {
      if (family.refuses(solver.id, instance) !== null) continue;
      await test.step(solver.id, async () => {
        await page.getByLabel('Solver', { exact: true }).selectOption(solver.id);
        await app.setBudget({ seconds: '0.5' });
        await app.run();
        await app.ended();
        await expect(app.score.getByText('error')).toHaveCount(0);
        if (solver.traits.anytime || solver.traits.exact) await app.verified();
      });
    }
    // The pictures of a solved instance, one after the other.
    const modes = page.getByRole('radiogroup', { name: 'Mode' });
    for (const mode of await modes.getByRole('radio').all()) {
      await mode.check();
      await expect(mode).toBeChecked();
    }
  });
