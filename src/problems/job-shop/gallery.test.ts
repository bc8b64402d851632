import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { formats } from './formats/index.ts';
import { standard } from './formats/standard.ts';
import { bestKnown, gallery } from './gallery.ts';
import { bruteForce } from './test-oracle.ts';

const bench = join(process.env.INCUMBENT_BENCH ?? '../shared/bench', 'jssp');

const hasBench = existsSync(join(bench, 'best-known.json'));

const readBench = (file: string): string => readFileSync(join(bench, file), 'utf8');

const entry = (id: string) => gallery.find((candidate) => candidate.id === id)!;

describe('gallery', () => {
  test('has the teaching instance, the classics and all of Taillard’s', () => {
    const ids = gallery.map(({ id }) => id);
    for (let i = 1; i <= 80; i++) expect(ids).toContain(`ta${String(i).padStart(2, '0')}`);
    for (const id of ['three', 'ft06', 'ft10', 'ft20']) expect(ids).toContain(id);
  });

  test('the teaching optimum is the optimum', () => {
    const { instance, bestKnown: known } = entry('three');
    expect(bruteForce(instance())).toBe(known?.value);
  });

  test('an instance is recognised by its jobs, not its name', () => {
    const ft10 = { ...entry('ft10').instance(), name: 'mine' };
    expect(bestKnown(ft10)).toEqual({ value: 930, optimal: true });
    const jobs = ft10.jobs.with(0, ft10.jobs[0].with(0, [0, 30]));
    expect(bestKnown({ ...ft10, jobs })).toBeNull();
    expect(bestKnown({ ...ft10, kind: 'swap' })).toEqual({ value: 1068, optimal: true });
    expect(bestKnown({ ...ft10, kind: 'swap', release: ft10.jobs.map(() => 1) })).toBeNull();
    expect(bestKnown({ ...ft10, kind: 'open' })).toBeNull();
    for (const { instance, bestKnown: known } of gallery)
      expect(bestKnown(instance())?.value).toBe(known?.value);
  });

  test.skipIf(!hasBench)('equals the published files and their best known values', () => {
    const known = JSON.parse(readBench('best-known.json')) as Record<string, { ub: number }>;
    let compared = 0;
    for (const item of gallery) {
      if (!(item.id in known)) continue;
      const file = unwrap(standard.parse(readBench(`${item.id}.txt`), `${item.id}.txt`));
      expect({ ...item.instance(), name: '' }).toEqual({ ...file, name: '' });
      expect(item.bestKnown?.value).toBe(known[item.id].ub);
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });

  test.skipIf(!hasBench)('every published file is read by the format that claims it', () => {
    const known = JSON.parse(readBench('best-known.json')) as Record<string, { ub: number }>;
    for (const id of Object.keys(known)) {
      const text = readBench(`${id}.txt`);
      const sure = formats.map((format) => format.sniff(text, `${id}.txt`));
      expect(sure.indexOf(Math.max(...sure))).toBe(0);
      const instance = unwrap(standard.parse(text, `${id}.txt`));
      expect(instance.name).toBe(id);
      expect(bestKnown(instance)?.value).toBe(known[id].ub);
    }
  });
});
