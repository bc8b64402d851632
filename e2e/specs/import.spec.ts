import { expect, test } from '../fixtures.ts';
import { Playground, benchText, hasBench } from '../pages/playground.ts';

const files = [
  { file: 'jssp/ft10.txt', family: 'Job shop', objective: 'Makespan', best: 930, within: 0.02 },
  { file: 'tsplib/pcb442.tsp', family: 'TSP', objective: 'Tour length', best: 50778, within: 0.02 },
  {
    file: 'cvrplib/X-n101-k25.vrp',
    family: 'Routing',
    objective: 'Distance',
    best: 27591,
    within: 0.05,
  },
  { file: 'vrptw/R101.txt', family: 'Routing', objective: 'Distance', best: 1637.7, within: 0.03 },
  {
    file: 'knapsack/knapPI_3_1000_1000_1.kp',
    family: 'Knapsack',
    objective: 'Profit',
    best: 14390,
    within: 0.001,
  },
  {
    file: 'knapsack/mknapcb1-00.mkp',
    family: 'Knapsack',
    objective: 'Profit',
    best: 24381,
    within: 0.01,
  },
];

test.describe('public instances', () => {
  test.skip(!hasBench, 'the benchmark folder is not here');
  for (const { file, family, objective, best, within } of files)
    test(`${file} is dropped and solved`, async ({ page }) => {
      const app = new Playground(page);
      await app.open('#/tsp/uniform?seed=3');
      await app.dropBench(file);
      await expect(page.getByRole('button', { name: family, exact: true })).toHaveAttribute(
        'aria-current',
        'page',
      );
      await expect(app.messages).toContainText('Opened');
      await app.setBudget({ seconds: '3' });
      await app.run();
      await app.ended();
      await app.verified();
      const value = await app.number(objective);
      expect(Math.abs(value - best) / best).toBeLessThanOrEqual(within);
    });
});

test('a pasted instance is opened', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/tsp/uniform?seed=3');
  await app.paste('2 2\n0 3 1 2\n1 4 0 1\n');
  await expect(page.getByRole('button', { name: 'Job shop' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await app.run();
  await app.ended();
  expect(await app.number('Makespan')).toBe(6);
});

test('a file is chosen in the dialog', async ({ page }) => {
  const app = new Playground(page);
  // Listening starts before the page does: the browser takes a while to hand choosers over.
  const chooser = page.waitForEvent('filechooser');
  await app.open('#/job-shop/ft06');
  await page.keyboard.press('Control+o');
  await (
    await chooser
  ).setFiles({
    name: 'square.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('x,y\n0,0\n0,10\n10,10\n10,0\n'),
  });
  await expect(page.getByRole('button', { name: 'TSP' })).toHaveAttribute('aria-current', 'page');
  await app.run();
  await app.ended();
  expect(await app.number('Tour length')).toBe(40);
});

test('a solution file is checked and shown', async ({ page }) => {
  const app = new Playground(page);
  await app.open('#/tsp/uniform?seed=3');
  await app.paste('x,y\n0,0\n0,10\n10,10\n10,0\n');
  await expect(app.messages).toContainText('Opened');
  await app.drop('a.json', '{"tour":[0,2,1,3]}');
  await app.verified();
  expect(await app.number('Tour length')).toBe(48.28);
  await app.drop('b.json', '{"tour":[0,2,1,1]}');
  await expect(app.messages).toContainText(/city|twice|visit/i);
  expect(await app.number('Tour length')).toBe(48.28);
});

test.describe('bad input leaves the document as it was', () => {
  const cases: { name: string; file: string; text: string; says: RegExp }[] = [
    {
      name: 'a truncated job shop',
      file: 'a.txt',
      text: '3 3\n0 1 1 2 2 3\n0 1 1',
      says: /line \d+/,
    },
    {
      name: 'a negative duration',
      file: 'a.txt',
      text: '2 2\n0 3 1 -2\n1 4 0 1\n',
      says: /line 2.*(negative|small|least)/i,
    },
    { name: 'NaN', file: 'a.txt', text: '2 2\n0 3 1 NaN\n1 4 0 1\n', says: /line 2/ },
    {
      name: 'a wrong section',
      file: 'a.tsp',
      text: 'NAME: a\nTYPE: TSP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_SECTION\n1 0 0\n2 1 0\n3 0 1\nEOF\n',
      says: /line 5/,
    },
    {
      name: '10^9 cities',
      file: 'a.tsp',
      text: 'NAME: a\nTYPE: TSP\nDIMENSION: 1000000000\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\nEOF\n',
      says: /line 3/,
    },
    {
      name: 'broken JSON',
      file: 'a.json',
      text: '{"name": "x",\n "cities": [[1, 2], [3,\n}',
      says: /line 3/,
    },
    { name: 'a picture', file: 'a.txt', text: '\u0000\u0001PNG\u0000', says: /not a text file/ },
    { name: 'nothing', file: 'a.txt', text: '   \n', says: /empty/ },
  ];
  for (const { name, file, text, says } of cases)
    test(name, async ({ page }) => {
      const app = new Playground(page);
      await app.open('#/job-shop/ft06');
      const before = await app.name.inputValue();
      await app.drop(file, text);
      await expect(app.messages).toContainText(says);
      await expect(app.name).toHaveValue(before);
    });

  test('a paste of 50 MB is refused at once', async ({ page }) => {
    const app = new Playground(page);
    await app.open('#/job-shop/ft06');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '1 '.repeat(25_000_000));
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await expect(app.messages).toContainText('MB');
    await app.run();
    await app.verified();
  });
});

test('an exported instance opens again as the same', async ({ page }) => {
  test.skip(!hasBench, 'the benchmark folder is not here');
  const app = new Playground(page);
  await app.open('#/tsp/uniform?seed=3');
  await app.dropBench('cvrplib/X-n101-k25.vrp');
  await expect(app.name).toHaveValue('X-n101-k25');
  const text = await app.exported('Instance', 'CVRPLIB');
  expect(text).toContain('CAPACITY');
  await app.open('#/tsp/uniform?seed=3');
  await app.drop('again.vrp', text);
  await expect(app.name).toHaveValue('X-n101-k25');
  expect(benchText('cvrplib/X-n101-k25.vrp')).toContain('DEMAND_SECTION');
});
