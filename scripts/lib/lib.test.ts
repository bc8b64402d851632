import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findChromium } from './browser.mjs';
import { firstDifference } from './install.mjs';
import { satisfies } from './project.mjs';
import { firstLoad, linkedFiles } from './size.mjs';
import { chooseSteps, runSteps, summary, type Step } from './steps.mjs';

describe('Node version', () => {
  test.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.1.0', true],
    ['20.18.9', false],
    ['18.20.0', false],
  ])('%s', (version, enough) => expect(satisfies(version, '>=20.19')).toBe(enough));

  test('a range it cannot read is an error', () => {
    expect(() => satisfies('20.0.0', '^20 || >=22')).toThrow('^20 || >=22');
  });
});

describe('installed dependencies', () => {
  const wanted = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/b-darwin': { version: '1.0.0', integrity: 'sha512-b', optional: true },
    },
  };
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  test('as locked, binaries of other platforms missing', () => {
    expect(firstDifference(wanted, { packages: { 'node_modules/a': a } })).toBeNull();
  });

  test.each([
    ['missing', {}],
    ['another version', { 'node_modules/a': { ...a, version: '1.0.1' } }],
    ['other content', { 'node_modules/a': { ...a, integrity: 'sha512-c' } }],
  ])('%s', (_, packages) => expect(firstDifference(wanted, { packages })).toBe('node_modules/a'));
});

describe('browser', () => {
  test('found by CHROMIUM_PATH or on the PATH; only programs count', () => {
    const folder = mkdtempSync(join(tmpdir(), 'incumbent-browser-'));
    const program = join(folder, 'chromium');
    writeFileSync(program, '#!/bin/sh\n');
    expect(findChromium({ CHROMIUM_PATH: program })).toBeNull();
    chmodSync(program, 0o755);
    expect(findChromium({ CHROMIUM_PATH: program })).toBe(program);
    expect(findChromium({ PATH: folder })).toBe(program);
    expect(findChromium({ CHROMIUM_PATH: join(folder, 'none'), PATH: folder })).toBeNull();
    expect(findChromium({ CHROMIUM_PATH: folder })).toBeNull();
    rmSync(folder, { recursive: true });
  });
});

describe('first load', () => {
  const manifest = {
    'index.html': { file: 'assets/index.js', imports: ['_react.js'], css: ['assets/index.css'] },
    '_react.js': { file: 'assets/react.js', imports: ['_shared.js'] },
    '_shared.js': { file: 'assets/shared.js', imports: ['_react.js'], css: ['assets/shared.css'] },
    'src/lazy.ts': { file: 'assets/lazy.js', imports: ['_shared.js'] },
  };

  test('what the page names, and what that imports statically', () => {
    const html = `<script type="module" crossorigin src="./assets/index.js"></script>
      <link rel="modulepreload" crossorigin href="./assets/react.js">
      <link rel="stylesheet" href="./assets/index.css"><link rel="icon" href="./icon.svg">`;
    expect(linkedFiles(html)).toEqual(['assets/index.js', 'assets/react.js', 'assets/index.css']);
    expect(firstLoad(manifest, linkedFiles(html)).sort()).toEqual([
      'assets/index.css',
      'assets/index.js',
      'assets/react.js',
      'assets/shared.css',
      'assets/shared.js',
    ]);
  });

  test('a page that cannot be measured is an error', () => {
    expect(() => firstLoad(manifest, ['assets/other.js'])).toThrow('assets/other.js');
    expect(() => firstLoad(manifest, [])).toThrow('loads no files');
  });
});

describe('steps', () => {
  const step = (name: string, problem: string | null, always = false): Step => ({
    name,
    what: `the ${name}`,
    always,
    run: () => Promise.resolve(problem),
  });
  const outcomes = async (steps: Step[], keepGoing = false): Promise<string[]> =>
    (await runSteps(steps, { keepGoing })).map(({ outcome }) => outcome);

  test('stops at the first failure, or goes on when told', async () => {
    const steps = [step('a', null), step('b', 'broken'), step('c', null)];
    expect(await outcomes(steps)).toEqual(['ok', 'failed', 'not run']);
    expect(await outcomes(steps, true)).toEqual(['ok', 'failed', 'ok']);
  });

  test('a failed foundation ends everything', async () => {
    const steps = [step('a', 'broken', true), step('b', null)];
    expect(await outcomes(steps, true)).toEqual(['failed', 'not run']);
  });

  test('a step that throws has failed', async () => {
    const steps = [{ ...step('a', null), run: () => Promise.reject(new Error('lost')) }];
    const [{ outcome, problem }] = await runSteps(steps);
    expect(outcome).toBe('failed');
    expect(problem).toContain('lost');
  });

  test('chosen by name; unknown names are refused', () => {
    const steps = [step('a', null, true), step('b', null), step('c', null)];
    const names = (only?: string): string[] => chooseSteps(steps, only).map(({ name }) => name);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(names('c')).toEqual(['a', 'c']);
    expect(() => names('c,d')).toThrow('No step "d"; there are b, c.');
  });

  test('the summary names every step and what failed', async () => {
    const text = summary(await runSteps([step('a', null), step('b', 'broken'), step('c', null)]));
    expect(text).toMatch(/the a +ok +0\.0 s/);
    expect(text).toMatch(/the b +failed/);
    expect(text).toMatch(/the c +not run/);
    expect(text).toContain('Failed: b in');
  });
});
