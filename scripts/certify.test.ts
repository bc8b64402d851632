import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'incumbent-certify-'));

function certify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/certify.ts', ...args],
      { cwd: root },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test.each([
  ['tsp/berlin52', 'berlin52: tour length ≥ 7 542, verified', 'tsp/att48'],
  ['job-shop/ft06', 'Fisher & Thompson 6×6: makespan ≥ 55, verified', 'tsp/att48'],
])('%s: a proof is written, holds, and is refused elsewhere', async (id, line, other) => {
  const proof = join(folder, 'proof.json');
  const written = await certify(`gallery:${id}`, '--out', proof, '--seconds', '20');
  expect(written.out.replaceAll(/\s/gu, ' ').trim()).toBe(line);
  expect(written.code).toBe(0);
  const checked = await certify(`gallery:${id}`, '--check', proof);
  expect(checked.out).toBe(written.out);
  const refused = await certify(`gallery:${other}`, '--check', proof);
  expect(refused).toMatchObject({ code: 1, out: '' });

  writeFileSync(proof, readFileSync(proof, 'utf8').slice(1));
  const broken = await certify(`gallery:${id}`, '--check', proof);
  expect(broken.code).toBe(2);
  expect(broken.err).toContain('proof.json:1: This is not JSON.');
});

test('a family without evidence says so', async () => {
  const { code, err } = await certify('gallery:knapsack/hike', '--out', join(folder, 'none.json'));
  expect(code).toBe(2);
  expect(err).toContain('Bounds of Knapsack come without evidence.');
});
