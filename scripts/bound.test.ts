/** The bound's command line, run as a person runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProject } from './lib/project.mjs';

const bound = (...args: string[]) => {
  const run = spawnSync(process.execPath, ['--import', 'tsx/esm', 'scripts/bound.ts', ...args], {
    cwd: inProject('.'),
    encoding: 'utf8',
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
};

describe('npm run bound', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bound-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('prints one line with the reference values', () => {
    const { code, out } = bound('--schedule', 'wsd', '--horizon', '400');
    expect(code).toBe(0);
    expect(out.split('\n')).toHaveLength(2);
    const line = JSON.parse(out) as { gammaStar: number; omegaStar: number };
    expect(line).toMatchObject({ schedule: 'wsd', horizon: 400 });
    expect(line.gammaStar / 0.02537366142).toBeCloseTo(1, 9);
    expect(line.omegaStar / 0.1093230125).toBeCloseTo(1, 9);
  });

  test('reads a curve of any scale', () => {
    const file = join(folder, 'linear.csv');
    writeFileSync(file, 'step,learning_rate\n0,0.3\n400,0\n');
    const line = JSON.parse(bound('--curve', file).out) as Record<string, unknown>;
    expect(line).toEqual({
      schedule: 'linear.csv',
      horizon: 400,
      gammaStar: expect.closeTo(0.04956313069, 10),
      omegaStar: expect.closeTo(0.1006298654, 9),
    });
  });

  test('runs a function, of any scale, and says where it is wrong', () => {
    const file = join(folder, 'linear.ts');
    writeFileSync(
      file,
      'export function schedule(t: number, T: number) {\n  return 3 - (3 * t) / T;\n}\n',
    );
    const { code, out } = bound('--code', file, '--horizon', '400');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      schedule: 'linear.ts',
      horizon: 400,
      gammaStar: expect.closeTo(0.04956313069, 10),
      omegaStar: expect.closeTo(0.1006298654, 9),
    });
    writeFileSync(file, '(t: number) => {\n  return process.pid;\n}\n');
    const wrong = bound('--code', file, '--horizon', '9');
    expect([wrong.code, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toMatch(/linear\.ts:2:3: schedule\(0, 9\): "process" is not known here/);
  });

  test('says what is wrong on stderr and exits with 2', () => {
    const file = join(folder, 'bad.csv');
    writeFileSync(file, 'step,learning_rate\n0,0.3\n1,x\n');
    const cases: [string[], RegExp][] = [
      [['--schedule', 'zigzag', '--horizon', '10'], /no schedule "zigzag".*cosine/],
      [['--schedule', 'cosine', '--horizon', '0'], /whole number from 1/],
      [['--schedule', 'cosine'], /--horizon/],
      [['--code', file], /--horizon/],
      [['--schedule', 'wsd', '--horizon', '9', '--param', 'cooldown=2'], /Cooldown must be/],
      [['--horizon', '9'], /one of --schedule, --curve and --code/],
      [['--curve', file], /bad\.csv:3: .*not a number/],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = bound(...args);
      expect(err).toMatch(message);
      expect([code, out]).toEqual([2, '']);
    }
  });
});
