/** The linter's part of the boundaries: names that only some folders may use. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProject } from './lib/project.mjs';

interface Diagnostic {
  code: string;
  filename: string;
}

const cases: readonly [statement: string, rule: string, refused: string[], allowed: string[]][] = [
  [
    'location.hash;',
    'no-restricted-globals',
    ['src/ui/x.ts', 'src/state/x.ts', 'src/runs/x.ts', 'src/problems/tsp/x.ts'],
    ['src/share/x.ts'],
  ],
  ['window.location.hash;', 'no-restricted-properties', ['src/ui/x.ts'], ['src/share/x.ts']],
  [
    'localStorage.clear();',
    'no-restricted-globals',
    ['src/ui/x.ts', 'src/share/x.ts', 'src/runs/x.ts'],
    ['src/state/x.ts'],
  ],
  ['indexedDB.open("a");', 'no-restricted-globals', ['src/ui/x.ts'], ['src/state/x.ts']],
  [
    'new Worker("a");',
    'no-restricted-globals',
    ['src/ui/x.ts', 'src/state/x.ts', 'src/share/x.ts', 'workers/runtime/x.ts'],
    ['src/runs/x.ts'],
  ],
  [
    'performance.now();',
    'no-restricted-globals',
    ['src/problems/tsp/x.ts', 'src/problems/tsp/views/x.ts', 'workers/solvers/tsp/x.ts'],
    ['workers/runtime/x.ts', 'src/runs/x.ts', 'workers/solvers/tsp/x.test.ts'],
  ],
  [
    'Date.now();',
    'no-restricted-globals',
    ['src/core/x.ts', 'workers/solvers/tsp/x.ts'],
    ['workers/runtime/x.ts'],
  ],
  [
    'Math.random();',
    'no-restricted-properties',
    ['src/ui/x.ts', 'src/problems/tsp/x.ts', 'workers/solvers/tsp/x.ts', 'src/share/x.ts'],
    ['src/core/x.test.ts'],
  ],
  [
    'Math.exp(1);',
    'no-restricted-properties',
    ['workers/solvers/tsp/x.ts'],
    ['src/problems/tsp/views/x.ts', 'workers/solvers/tsp/x.test.ts'],
  ],
  ['document.title;', 'no-restricted-globals', ['src/core/x.ts'], ['src/ui/x.ts']],
  ['console.log(1);', 'no-console', ['src/ui/x.ts', 'workers/runtime/x.ts'], ['scripts/x.ts']],
];

describe('lint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-lint-'));
  let found: Diagnostic[] = [];
  /** Each case in files of its own name, so that one run of the linter serves all. */
  const fileOf = (file: string, index: number): string =>
    file.replace('x.', `case${String(index).padStart(2, '0')}.`);

  beforeAll(() => {
    copyFileSync(inProject('.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const [index, [statement, , refused, allowed]] of cases.entries()) {
      for (const file of [...refused, ...allowed]) {
        const path = join(folder, fileOf(file, index));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, `export const value = () => { ${statement} };\n`);
      }
    }
    const lint = spawnSync(
      process.execPath,
      [inProject('node_modules/oxlint/bin/oxlint'), '--format', 'json'],
      { cwd: folder, encoding: 'utf8' },
    );
    found = (JSON.parse(lint.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(cases.map((one, index) => [one[0], index] as const))('%s', (_, index) => {
    const [, rule, refused, allowed] = cases[index];
    const hits = (file: string): boolean =>
      found.some(
        ({ code, filename }) =>
          code.includes(`(${rule})`) && filename.endsWith(fileOf(file, index)),
      );
    expect(refused.filter((file) => !hits(file))).toEqual([]);
    expect(allowed.filter(hits)).toEqual([]);
  });
});
