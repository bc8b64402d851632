import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../core/result.ts';
import { learningRates } from '../curve.ts';
import type { Instance } from '../instance.ts';
import { makeBody, makeSchedule, makeWsd, type PointsBody } from '../schedule.ts';
import { makeTask } from '../tasks.ts';
import { csv } from './csv.ts';

const instance: Instance = {
  name: 'WSD',
  task: makeTask('iris'),
  steps: 400,
  batch: 8,
  schedule: makeWsd(0.3, 400),
};

const read = (text: string, name = 'my-curve.csv') => unwrap(csv.parse(text, name));
const issue = (text: string) => {
  const result = csv.parse(text, 'x.csv');
  return result.ok ? null : result.issues[0];
};
const ratesOf = ({ schedule, steps }: Instance) => learningRates(schedule, steps);

describe('CSV of a curve', () => {
  const text = unwrap(csv.write!(instance));

  it('writes T + 1 rows and reads its own files back whole', () => {
    const rows = text.trimEnd().split('\n');
    expect(rows).toHaveLength(403);
    expect(rows.slice(1, 3)).toEqual(['step,learning_rate', '0,0.3']);
    expect(rows.at(-1)).toBe('400,0');
    expect(read(text)).toEqual(instance);
  });

  it('takes edited rows over the experiment in the first line', () => {
    const edited = read(text.replace('\n10,0.3\n', '\n10,0.1\n'));
    expect(edited.task).toEqual(instance.task);
    expect(ratesOf(edited)[10]).toBeCloseTo(0.1, 9);
    expect(ratesOf(edited)[11]).toBeCloseTo(0.3, 9);
  });

  it('gives the same curve, in few points, without the first line', () => {
    const plain = read(text.slice(text.indexOf('\n') + 1));
    expect(plain).toMatchObject({ name: 'my-curve', steps: 400, task: { kind: 'spirals' } });
    expect((plain.schedule.body as PointsBody).points).toHaveLength(3);
    const rates = ratesOf(instance);
    ratesOf(plain).forEach((rate, t) => expect(rate).toBeCloseTo(rates[t], 9));
  });

  it('keeps a long curve that bends everywhere within a thousand points', () => {
    const body = makeBody('cosine-restarts', { cycles: 40 });
    const wavy = { ...instance, steps: 20_000, schedule: makeSchedule(1, body) };
    const all = unwrap(csv.write!(wavy));
    const plain = read(all.slice(all.indexOf('\n') + 1));
    expect((plain.schedule.body as PointsBody).points.length).toBeLessThanOrEqual(1000);
    const rates = ratesOf(wavy);
    const worst = ratesOf(plain).reduce(
      (most, rate, t) => Math.max(most, Math.abs(rate - rates[t])),
      0,
    );
    expect(worst).toBeLessThan(0.01);
  });

  it.each([
    ['semicolons and other columns', 'epoch;Step;LR\n0;0;0.5\n0;10;0.25\n'],
    ['tabs, no header', '0\t0.5\r\n10\t0.25\r\n'],
    ['steps from 5', 'iteration,eta\n5,0.5\n15,0.25'],
    ['quotes and a mark', '\ufeff"step","learning rate"\n"0","0.5"\n"10","0.25"\n'],
  ])('reads %s', (_name, source) => {
    const { steps, schedule } = read(source);
    expect([steps, schedule.peak]).toEqual([10, 0.5]);
    expect(learningRates(schedule, steps)[5]).toBeCloseTo(0.375, 9);
  });

  it('reads rates alone', () => {
    expect(Array.from(ratesOf(read('lr\n1\n0.5\n0.25\n')))).toEqual([1, 0.5, 0.25]);
  });

  it.each([
    ['step,lr\n0,0.1\n0,0.2\n', 3, /does not come after/],
    ['step,lr\n0,0.1\n1,x\n', 3, /not a number/],
    ['step,lr\n0,0.1\n1,-2\n', 3, /too small/],
    ['step,lr\n0,0.1\n1,NaN\n', 3, /not a number/],
    ['step,lr\n0,0.1\n0.5,1\n', 3, /whole number/],
    ['step,lr\n0,0.1\n1000000,1\n', 3, /more than 200000/],
    ['step,lr\n0,0.1\n', 1, /at least two rows/],
    ['step,lr\n0,0\n1,0\n', 1, /is 0/],
    ['# experiment: {"steps": \n0,1\n', 1, /not valid JSON/],
    ['# experiment: {"steps": 5}\n0,1\n', 1, /task/],
  ])('%j is refused with its line', (source, line, message) => {
    expect(issue(source)).toMatchObject({ line, message: expect.stringMatching(message) });
  });

  it('is sure only of its own headers', () => {
    expect(csv.sniff(text, 'x.txt')).toBe(1);
    expect(csv.sniff('step,lr\n0,1', 'x.csv')).toBeGreaterThan(0.9);
    expect(csv.sniff('x,y\n0,1', 'cities.csv')).toBe(0);
    expect(csv.sniff('0,1\n2,3', 'cities.csv')).toBeLessThan(0.1);
    expect(csv.sniff('0,1\n2,3', 'lr-schedule.csv')).toBeGreaterThan(0.3);
    expect(csv.sniff('', '')).toBe(0);
  });
});
