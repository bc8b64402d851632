import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importsOf, layers, violationsIn } from './boundaries.mjs';
import { filesUnder } from './files.mjs';
import { inProject } from './project.mjs';

const problems = (file: string, source: string): string[] =>
  violationsIn(file, source).map(({ line, message }) => `${line}: ${message}`);

describe('imports of a module', () => {
  test('all forms, with lines and whether they are types', () => {
    const source = [
      `import type { A } from './a.ts';`,
      `import { type B, type C } from './b.ts';`,
      `import { type D, e } from './d.ts';`,
      `import './f.css';`,
      `export * from './g.ts';`,
      `export type { H } from './h.ts';`,
      `const i = import('./i.ts');`,
      '// import j from "./j.ts"',
      `const k = "import l from './l.ts'";`,
    ].join('\n');
    expect(importsOf('x.ts', source).sort((a, b) => a.line - b.line)).toEqual([
      { specifier: './a.ts', typeOnly: true, line: 1 },
      { specifier: './b.ts', typeOnly: true, line: 2 },
      { specifier: './d.ts', typeOnly: false, line: 3 },
      { specifier: './f.css', typeOnly: false, line: 4 },
      { specifier: './g.ts', typeOnly: false, line: 5 },
      { specifier: './h.ts', typeOnly: true, line: 6 },
      { specifier: './i.ts', typeOnly: false, line: 7 },
    ]);
  });

  test('a source that does not parse is an error, not an empty list', () => {
    expect(() => importsOf('x.ts', 'import {')).toThrow(SyntaxError);
  });
});

describe('boundaries', () => {
  const cases: readonly [file: string, forbidden: string, allowed: string][] = [
    ['src/core/rng.ts', `import '../problems/family.ts'`, `import './bits.ts'`],
    ['src/core/deep/x.ts', `import 'zustand'`, `import '../bits.ts'`],
    ['src/problems/tsp/check.ts', `import '../vrp/check.ts'`, `import '../family.ts'`],
    ['src/problems/tsp/check.ts', `import './views/index.ts'`, `import './instance.ts'`],
    ['src/problems/tsp/formats/tour.ts', `import '../../registry.ts'`, `import '../instance.ts'`],
    ['src/problems/tsp/family.ts', `import '../../scene/scene.ts'`, `import '../../core/rng.ts'`],
    ['src/problems/tsp/family.ts', `import 'react'`, `import './schema.ts'`],
    [
      'src/problems/tsp/family.ts',
      `import '../../../workers/solvers/tsp/index.ts'`,
      `import './solvers.ts'`,
    ],
    [
      'src/problems/tsp/views/tour.ts',
      `import '../../../state/document.ts'`,
      `import '../../../scene/scene.ts'`,
    ],
    ['src/problems/tsp/views/tour.ts', `import '../../vrp/views/x.ts'`, `import '../check.ts'`],
    [
      'src/problems/tsp/views/tour.ts',
      `import { init } from 'echarts'`,
      `import type { EChartsOption } from 'echarts'`,
    ],
    [
      'src/problems/views.ts',
      `import { paint } from '../scene/painter.ts'`,
      `import type { Scene } from '../scene/scene.ts'`,
    ],
    [
      'workers/solvers/tsp/oropt.ts',
      `import '../vrp/savings.ts'`,
      `import '../common/neighbours.ts'`,
    ],
    [
      'workers/solvers/tsp/oropt.ts',
      `import '../../../src/problems/tsp/views/index.ts'`,
      `import '../../../src/problems/tsp/instance.ts'`,
    ],
    [
      'workers/solvers/tsp/oropt.ts',
      `import '../../../src/problems/registry.ts'`,
      `import '../../../src/core/solver.ts'`,
    ],
    [
      'workers/solver.worker.ts',
      `import '../src/state/document.ts'`,
      `import '../src/protocol/messages.ts'`,
    ],
    [
      'workers/runtime/host.ts',
      `import '../../src/problems/tsp/views/index.ts'`,
      `import '../../src/problems/family.ts'`,
    ],
    ['workers/runtime/host.ts', `import 'node:worker_threads'`, `import './schema.ts'`],
    ['src/scene/painter.ts', `import '../state/ui.ts'`, `import '../core/tokens.ts'`],
    ['src/charts/gap.ts', `import '../state/ui.ts'`, `import { use } from 'echarts/core'`],
    ['src/ui/App.tsx', `import '../problems/tsp/family.ts'`, `import '../problems/registry.ts'`],
    ['src/ui/App.tsx', `import '../../workers/runtime/host.ts'`, `import './App.module.css'`],
    ['src/ui/App.tsx', `import { get } from 'idb-keyval'`, `import { useState } from 'react'`],
    ['src/ui/App.tsx', `import { init } from 'echarts/core'`, `import '../charts/chart.ts'`],
    ['src/runs/run.ts', `import('../problems/vrp/family.ts')`, `import('../problems/registry.ts')`],
    [
      'src/ui/App.tsx',
      `import W from '../../src/ui/x.ts?worker'`,
      `import type { Document } from '../state/document.ts'`,
    ],
    [
      'src/ui/App.tsx',
      `import W from 'monaco-editor/editor/editor.worker.js?worker'`,
      `import type { editor } from 'monaco-editor'`,
    ],
    [
      'src/editor/monaco.ts',
      `import W from '../core/x.ts?worker'`,
      `import W from 'monaco-editor/editor/editor.worker.js?worker'`,
    ],
    ['src/sw/register.ts', `import '../core/format.ts'`, `import './list.ts'`],
  ];

  test.each(cases)('%s: %s is refused, %s is not', (file, forbidden, allowed) => {
    expect(problems(file, `\n${forbidden};`)).toHaveLength(1);
    expect(problems(file, `\n${forbidden};`)[0]).toMatch(/^2: imports ".+": \S/);
    expect(problems(file, allowed)).toEqual([]);
  });

  test('tests may look anywhere', () => {
    expect(problems('src/core/rng.test.ts', `import '../ui/App.tsx'`)).toEqual([]);
  });

  test('every source file parses and has a layer', () => {
    const files = ['src', 'workers'].flatMap((folder) =>
      filesUnder(inProject(folder)).map((file) => `${folder}/${file}`),
    );
    const sources = files.filter((file) => /(?<!\.d)\.tsx?$/.test(file));
    expect(sources.length).toBeGreaterThan(10);
    for (const file of sources) {
      expect(layers.some((layer) => layer.files.test(file))).toBe(true);
      expect(() => importsOf(file, readFileSync(inProject(file), 'utf8'))).not.toThrow();
    }
  });
});
