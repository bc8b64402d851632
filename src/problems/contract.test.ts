/** The contract every family keeps; a family passes without tests of its own for any of this. */
import { loadViews } from './view-registry.ts';
import { describe, expect, test } from 'vitest';
import { createRng } from '../core/rng.ts';
import { defaultParams } from '../core/params.ts';
import { unwrap } from '../core/result.ts';
import { itemBox } from '../scene/scene.ts';
import type { AnyFamily } from './family.ts';
import { families } from './registry.ts';
import type { AnyViews, Frame } from './views.ts';

interface Sample {
  name: string;
  instance: unknown;
}

const loaded = await Promise.all(
  families.map(async (entry) => ({
    entry,
    family: await entry.load(),
    views: await loadViews(entry.id),
  })),
);

/** Each generator with two seeds, and the gallery up to a size that keeps the suite quick. */
function samplesOf(family: AnyFamily): Sample[] {
  const generated = family.generators.flatMap((generator) =>
    [1, 2].map((seed) => ({
      name: `${generator.id} seed ${seed}`,
      instance: generator.generate(defaultParams(generator.params), createRng(seed)),
    })),
  );
  const gallery = family.gallery.map((item) => ({ name: item.id, instance: item.instance() }));
  return [...generated, ...gallery].filter(({ instance }) => family.elements(instance) <= 2500);
}

function frameOf(instance: unknown): Frame<unknown, unknown> {
  return {
    instance,
    solution: null,
    report: null,
    bound: null,
    trace: null,
    toggles: {},
    tool: '',
    selected: null,
  };
}

const modesOf = (views: AnyViews, instance: unknown) => views.modes(instance);

describe.each(loaded)('$entry.id', ({ entry, family, views }) => {
  const samples = samplesOf(family);

  test('the registry names the family rightly', () => {
    expect(family.id).toBe(entry.id);
    expect(family.name).toBe(entry.name);
  });

  test('it has generators, a gallery, formats and solvers with distinct ids', () => {
    expect(family.generators.length).toBeGreaterThanOrEqual(2);
    expect(family.gallery.length).toBeGreaterThanOrEqual(3);
    for (const list of [family.generators, family.gallery, family.formats, family.solvers]) {
      const ids = list.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    for (const solver of family.solvers) expect(solver.source).not.toBe('');
  });

  test.each(samples)('the schema accepts $name, also after JSON', ({ instance }) => {
    expect(unwrap(family.validate(instance))).toEqual(instance);
    expect(unwrap(family.validate(JSON.parse(JSON.stringify(instance))))).toEqual(instance);
  });

  test('the schema refuses garbage with a message', () => {
    const garbage = [null, 1, 'text', [], {}, { name: 1 }, { name: 'x', jobs: 'y' }, [[NaN]]];
    for (const value of garbage) {
      const result = family.validate(value);
      expect(result.ok).toBe(false);
      if (!result.ok) for (const issue of result.issues) expect(issue.message).not.toBe('');
    }
  });

  test.each(samples)('pack and unpack give $name back', ({ instance }) => {
    expect(family.unpack(family.pack(instance))).toEqual(instance);
  });

  test.each(samples)('the link codec gives $name back', ({ instance }) => {
    const bytes = family.codec.encode(instance);
    expect(unwrap(family.codec.decode(bytes, family.codec.version))).toEqual(instance);
  });

  test('the link codec survives cut and flipped bytes', () => {
    const bytes = family.codec.encode(samples[0].instance);
    for (let cut = 0; cut < bytes.length; cut += Math.max(1, bytes.length >> 4)) {
      family.codec.decode(bytes.slice(0, cut), family.codec.version);
      const flipped = bytes.slice();
      flipped[cut] ^= 0xff;
      family.codec.decode(flipped, family.codec.version);
    }
    const other = family.codec.decode(bytes, family.codec.version + 1000);
    expect(other.ok).toBe(false);
  });

  test.each(samples)('formats that can write $name read it back', ({ instance }) => {
    for (const format of family.formats) {
      const written = format.write?.(instance);
      if (!written?.ok) continue;
      const name = `file.${format.extensions[0]}`;
      expect(format.sniff(written.value, name)).toBeGreaterThan(0);
      const again = unwrap(format.parse(written.value, name));
      // A format may leave out what it has no place for; what it says it must say again.
      expect(format.write?.(again)).toEqual(written);
      expect(family.elements(again)).toBe(family.elements(instance));
    }
  });

  test('some format or JSON writes every gallery instance', () => {
    for (const { instance } of samples) expect(() => JSON.stringify(instance)).not.toThrow();
  });

  test('formats refuse truncated and damaged text with a line', () => {
    for (const format of family.formats) {
      const written = format.write?.(samples[0].instance);
      if (!written?.ok) continue;
      const half = format.parse(written.value.slice(0, written.value.length >> 1), 'half');
      if (!half.ok) expect(half.issues[0].line).toBeGreaterThan(0);
      for (const text of ['', ' \n ', 'NaN NaN', '-1', '1000000000 1000000000\n1', '\u0000\u0001'])
        expect(format.parse(text, 'damaged').ok).toBe(false);
    }
  });

  test('the default solver takes every instance', () => {
    for (const { instance } of samples) {
      const solver = family.defaultSolver(instance);
      expect(family.solvers.some(({ id }) => id === solver)).toBe(true);
      expect(family.refuses(solver, instance)).toBeNull();
    }
  });

  test('the checker survives garbage', () => {
    const { instance } = samples[0];
    for (const value of [{}, [], null, { tour: [0, 0, NaN] }, { starts: 'x' }, { counts: [1e9] }]) {
      const read = family.readSolution(instance, value);
      if (read.ok) expect(family.check(instance, read.value).feasible).toBeTypeOf('boolean');
    }
  });

  test.each(samples)('draws $name inside its bounds without a solution', ({ instance }) => {
    for (const mode of modesOf(views, instance)) {
      if (mode.kind !== 'scene') continue;
      const scene = mode.draw(frameOf(instance));
      const { minX, minY, maxX, maxY } = scene.bounds;
      expect(maxX).toBeGreaterThan(minX);
      expect(maxY).toBeGreaterThan(minY);
      expect(scene.description).not.toBe('');
      const slack = 1e-6 * Math.max(maxX - minX, maxY - minY);
      for (const item of scene.items) {
        const box = itemBox(item);
        if (!box) continue;
        expect(box.minX).toBeGreaterThanOrEqual(minX - slack);
        expect(box.minY).toBeGreaterThanOrEqual(minY - slack);
        expect(box.maxX).toBeLessThanOrEqual(maxX + slack);
        expect(box.maxY).toBeLessThanOrEqual(maxY + slack);
      }
    }
  });

  test.each(samples)('the grids of $name read back what they show', ({ instance }) => {
    for (const field of views.fields(instance))
      expect(unwrap(field.set(field.value))).toEqual(instance);
    for (const grid of views.grids(instance)) {
      for (let row = 0; row < Math.min(grid.rows, 3); row++)
        for (let column = 0; column < grid.columns.length; column++) {
          const value = grid.cell(row, column);
          if (value !== null) expect(unwrap(grid.set(row, column, value))).toEqual(instance);
        }
    }
  });

  test.each(samples)('the table of $name has one row per element', ({ instance }) => {
    expect(views.table(frameOf(instance)).rows).toBe(family.elements(instance));
  });
});
