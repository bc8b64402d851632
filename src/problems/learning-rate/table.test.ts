import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { codec } from './codec.ts';
import { samplesOf } from './data.ts';
import { learningRate } from './family.ts';
import { formats } from './formats/index.ts';
import { gallery } from './gallery.ts';
import { makeBody, makeSchedule } from './schedule.ts';
import { validate } from './schema.ts';
import { goalOf, parseTable } from './table.ts';
import { makeTask } from './tasks.ts';

const lines = (...rows: string[]) => rows.join('\n');
const sizes = lines(
  'height,weight,colour,"price, EUR"',
  ...Array.from(
    { length: 12 },
    (_, i) => `${i},${i * i},${i % 2 ? 'red' : '"a ""b"""'},${3 * i + 1}`,
  ),
);
const issueOf = (text: string) => {
  const read = parseTable(text);
  return read.ok ? '' : `${read.issues[0].line}: ${read.issues[0].message}`;
};

describe('tables', () => {
  it('are read with quotes, a header, and text columns as inputs of their own', () => {
    const table = unwrap(parseTable(sizes));
    expect(table.target.name).toBe('price, EUR');
    expect(unwrap(goalOf('auto', table))).toBe('values');
    const data = samplesOf(makeTask('table', { csv: sizes }));
    expect(data.inputNames).toEqual(['height', 'weight', 'colour = a "b"', 'colour = red']);
    expect(data.train.count + data.validation.count).toBe(12);
  });

  it('are descended without noise when a batch holds all, by Adam otherwise', () => {
    const whole = gallery.find(({ id }) => id === 'edge-of-stability')!.instance();
    expect(learningRate.defaultSolver(whole)).toBe('sgd');
    expect(learningRate.defaultSolver({ ...whole, batch: whole.batch - 1 })).toBe('adam');
  });

  it('are standardised by their training rows', () => {
    const { train, features } = samplesOf(makeTask('table', { csv: sizes }));
    for (let j = 0; j < features; j++) {
      let sum = 0;
      let square = 0;
      for (let i = 0; i < train.count; i++) {
        sum += train.inputs[i * features + j];
        square += train.inputs[i * features + j] ** 2;
      }
      expect(sum).toBeCloseTo(0, 10);
      expect(square / train.count).toBeCloseTo(1, 10);
    }
    const targets = train.targets as Float64Array;
    expect(targets.reduce((sum, y) => sum + y, 0)).toBeCloseTo(0, 10);
  });

  it('of classes name them in order', () => {
    const data = samplesOf(makeTask('table'));
    expect(data.classNames).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(data.train.targets).toBeUndefined();
    const few = lines(...Array.from({ length: 9 }, (_, i) => `${i};${i * 2};${i % 3}`));
    expect(unwrap(goalOf('auto', unwrap(parseTable(few))))).toBe('classes');
    expect(unwrap(goalOf('values', unwrap(parseTable(few))))).toBe('values');
  });

  it.each([
    ['', '1: The table is empty.'],
    [sizes.replace('3,9,red', '3,9'), '5: This row has 3 cells; the first has 4.'],
    [sizes.replace('4,16', '4,'), '6: A cell is empty.'],
    ['a\n1\n2', '1: A row has 1 cells; from 2 to 50 are needed.'],
    ['a,b\n1,2\n3,4', '1: A table needs at least eight rows to learn from.'],
    ['1,2\n'.repeat(6000), '5002: At most 5000 rows are read.'],
  ])('with something wrong say where', (text, issue) => {
    expect(issueOf(text)).toBe(issue);
  });

  it('never break on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a1.,;\t"\n -e') }), (text) => {
        const read = parseTable(text);
        if (read.ok) goalOf('auto', read.value);
        else for (const issue of read.issues) expect(issue.line).toBeGreaterThan(0);
      }),
    );
  });

  it('that cannot be learned are issues of the instance', () => {
    const task = makeTask('table', { csv: sizes.replaceAll(/,\d+$/gm, ',same') });
    const result = validate({
      task,
      steps: 10,
      schedule: { peak: 0.1, body: { kind: 'constant' } },
    });
    expect(result.ok ? [] : result.issues).toMatchObject([
      { path: ['task', 'csv'], message: /Every row has the same/ },
    ]);
  });

  it('travel in links and come from files', () => {
    const format = formats.find(({ id }) => id === 'table')!;
    expect(format.sniff(sizes, 'sizes.csv')).toBeGreaterThan(0);
    expect(format.sniff('step,learning_rate\n0,1\n1,0.5\n2,0.1', 'x.csv')).toBe(0);
    const instance = unwrap(format.parse(sizes, 'data/sizes.csv'));
    expect(instance).toMatchObject({ name: 'sizes', task: { kind: 'table', csv: sizes } });
    expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
    const wrong = format.parse(sizes.replace('3,9,red', '3,9'), 'x.csv');
    expect(wrong.ok ? 0 : wrong.issues[0].line).toBe(5);
  });
});

describe('links of the first version', () => {
  // Written before the tasks had label noise, initial scale and shifts.
  it.each([
    [
      'eV2FybSByZXN0YXJ0cyBvbiB0aHJlZSBzcGlyYWxzGgZTxGBuPQoAUIBAmQI',
      {
        name: 'Warm restarts on three spirals',
        task: makeTask('spirals', { arms: 3, noise: 0.15, activation: 'relu', seed: 3 }),
        steps: 3000,
        batch: 32,
        schedule: makeSchedule(0.02, makeBody('cosine-restarts', { cycles: 4, growth: 2 })),
      },
    ],
    [
      'ZSWxsLWNvbmRpdGlvbmVkIHF1YWRyYXRpYwRAKjAyRnlwIhKyBgRy8A=',
      {
        name: 'Ill-conditioned quadratic',
        task: makeTask('quadratic', { dimension: 80, condition: 200, noise: 0.3 }),
        steps: 1500,
        batch: 4,
        schedule: makeSchedule(0.5, makeBody('polynomial', { power: 1.5 }), { steps: 50 }),
      },
    ],
  ])('are still read', (text, instance) => {
    expect(unwrap(codec.decode(new Uint8Array(Buffer.from(text, 'base64')), 1))).toEqual(instance);
  });
});
