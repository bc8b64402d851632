import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'incumbent-solve-'));

function solve(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/solve.ts', ...args],
      { cwd: root },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const square = file('square.csv', 'x,y\n0,0\n0,10\n10,10\n10,0\n');

describe('the command line', () => {
  test('prints one line of JSON on standard output and progress on standard error', async () => {
    const { code, out, err } = await solve(square, '--steps', '50', '--seed', '4', '--json');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    const line = JSON.parse(out) as Record<string, unknown>;
    expect(line).toMatchObject({
      family: 'tsp',
      seed: 4,
      objective: 40,
      bound: 40,
      status: 'optimal',
      feasible: true,
    });
    expect(Object.keys(line)).toEqual(
      'family instance solver version seed params objective bound status feasible seconds steps trace solution'.split(
        ' ',
      ),
    );
    expect((line.solution as { tour: number[] }).tour.toSorted()).toEqual([0, 1, 2, 3]);
    expect(line.trace).toBeInstanceOf(Array);
    expect(err).toContain('Tour length 40');
  });

  test('goes on from a saved training as if it had never stopped', async () => {
    const out = (name: string) => join(folder, name);
    const train = (...args: string[]) =>
      solve('gallery:learning-rate/wsd-petals', '--solver', 'adam', ...args);
    expect((await train('--steps', '120', '--state', '--out', out('half.json'))).code).toBe(0);
    await train('--steps', '999', '--start', out('half.json'), '--out', out('rest.json'));
    await train('--steps', '999', '--out', out('whole.json'));
    expect(readFileSync(out('half.json'), 'utf8')).toContain('checkpoint');
    expect(readFileSync(out('rest.json'), 'utf8')).toBe(readFileSync(out('whole.json'), 'utf8'));
    const refused = await solve(square, '--steps', '5', '--state', '--out', out('tour.json'));
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('cannot go on from a saved state');
  });

  test('writes the solution in the format of the file name, and starts from it', async () => {
    const tour = join(folder, 'square.tour');
    expect((await solve(square, '--steps', '10', '--out', tour)).code).toBe(0);
    expect(readFileSync(tour, 'utf8')).toContain('TOUR_SECTION');
    const again = await solve(square, '--steps', '10', '--start', tour, '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ objective: 40 });
  });

  test('repeats bit for bit for a seed and a step budget', async () => {
    const args = ['gallery:vrp/ten-stops', '--steps', '300', '--seed', '9', '--json'];
    const [a, b] = [await solve(...args), await solve(...args)];
    const result = (text: string) => {
      const { objective, steps, solution } = JSON.parse(text) as Record<string, unknown>;
      return { objective, steps, solution };
    };
    expect(result(a.out)).toEqual(result(b.out));
  });

  test('runs a portfolio of threads', async () => {
    const { code, out } = await solve(
      'gallery:job-shop/ft06',
      '--seconds',
      '1',
      '--threads',
      '2',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ objective: 55, feasible: true });
  });

  test('runs code of the instance first, also for threads', async () => {
    const instance = (body: object) =>
      JSON.stringify({ task: { kind: 'quadratic' }, steps: 50, schedule: { peak: 0.1, body } });
    const code = 'const schedule = (t: number, T: number) => (1 - t / T) ** 2;';
    const typed = file('typed.json', instance({ kind: 'code', code }));
    const named = file('named.json', instance({ kind: 'polynomial', power: 2 }));
    const lossOf = async (...args: string[]) => {
      const { out } = await solve(...args, '--steps', '50', '--json');
      return (JSON.parse(out) as { objective: number }).objective;
    };
    const loss = await lossOf(named);
    expect(await lossOf(typed)).toBe(loss);
    expect(await lossOf(typed, '--threads', '2')).toBeLessThanOrEqual(loss);
    const endless = file(
      'endless.json',
      instance({ kind: 'code', code: '() => {\n  fault();\n}' }),
    );
    const refused = await solve(endless, '--steps', '50');
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/endless\.json:1: code line 2, column 3: .*"fault" is not known/);
  });

  test('names file and line of bad input and ends with 2', async () => {
    const bad = file('bad.txt', '2 2\n0 3 1 2\n1 4 0 -1\n');
    const { code, out, err } = await solve(bad);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/bad\.txt:3: /);
  });

  test.each([
    ['no file', []],
    ['a file that is not there', ['no-such-file.tsp']],
    ['an unknown solver', [square, '--solver', 'magic']],
    ['a parameter out of range', [square, '--param', 'neighbours=0']],
    ['an unknown option', [square, '--speed', '3']],
    ['a budget that is no number', [square, '--seconds', 'soon']],
  ])('ends with 2 for %s', async (_, args) => {
    const { code, out, err } = await solve(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
  });

  test('ends with 3 when nothing feasible is found', async () => {
    const tight = file(
      'tight.json',
      JSON.stringify({
        name: 'tight',
        capacity: 10,
        vehicles: 1,
        rounding: 'nint',
        depot: { x: 0, y: 0 },
        customers: [
          { x: 1, y: 1, demand: 8 },
          { x: 2, y: 2, demand: 8 },
        ],
      }),
    );
    const { code, out } = await solve(tight, '--family', 'vrp', '--seconds', '1', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ objective: null, feasible: false, solution: null });
  });
});
