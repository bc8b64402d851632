import { describe, expect, it } from 'vitest';
import { firstElement, nextElement, stepElement, type Direction } from './cursor.ts';
import { findElement } from './elements.ts';
import { bars, sceneOf } from './test-scenes.ts';
import type { Transform } from './viewport.ts';

const t: Transform = { kx: 10, ky: 40, tx: 0, ty: 0 };
const gantt = bars([
  [
    [0, 10],
    [12, 30],
    [50, 10],
  ],
  [
    [5, 5],
    [60, 20],
  ],
  [[20, 10]],
]);

function walk(id: string, ...directions: Direction[]): string | null {
  let at = findElement(gantt, id)!;
  for (const direction of directions) {
    const next = nextElement(gantt, t, at, direction);
    if (!next) return null;
    at = next;
  }
  return at.id;
}

describe('arrow keys', () => {
  it('go along a row before they change rows', () => {
    expect(walk('bar:0:0', 'right')).toBe('bar:0:1');
    expect(walk('bar:0:0', 'right', 'right')).toBe('bar:0:2');
    expect(walk('bar:0:2', 'left', 'left')).toBe('bar:0:0');
  });

  it('go to what lies above and below', () => {
    expect(walk('bar:0:0', 'down')).toBe('bar:1:0');
    expect(walk('bar:0:1', 'down', 'down')).toBe('bar:2:0');
    expect(walk('bar:2:0', 'up')).toBe('bar:1:0');
    expect(walk('bar:1:1', 'up')).toBe('bar:0:2');
  });

  it('stop at the edges', () => {
    expect(walk('bar:0:0', 'left')).toBeNull();
    expect(walk('bar:2:0', 'right')).toBeNull();
    expect(walk('bar:0:1', 'up')).toBeNull();
  });

  it('follow the screen, not the world, when y grows upwards', () => {
    const points = Float64Array.of(0, 0, 0, 10);
    const scene = sceneOf([{ kind: 'points', idPrefix: 'p:', points, radius: 3, fill: 'ink' }]);
    const up: Transform = { kx: 1, ky: -1, tx: 0, ty: 100 };
    expect(nextElement(scene, up, findElement(scene, 'p:0')!, 'up')?.id).toBe('p:1');
    expect(nextElement(scene, up, findElement(scene, 'p:0')!, 'down')).toBeNull();
  });

  it('lead over most of a scattered picture, and drawing order over all of it', () => {
    const count = 60;
    const points = new Float64Array(2 * count);
    for (let i = 0; i < points.length; i++) points[i] = (((i + 3) * 7919) % 997) / 10;
    const scene = sceneOf([{ kind: 'points', idPrefix: 'p:', points, radius: 3, fill: 'ink' }]);
    const seen = new Set(['p:0']);
    const queue = ['p:0'];
    while (queue.length > 0) {
      const at = findElement(scene, queue.pop()!)!;
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = nextElement(scene, t, at, direction);
        if (next && !seen.has(next.id)) {
          seen.add(next.id);
          queue.push(next.id);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(0.9 * count);
    const ordered = new Set<string>();
    let id: string | null = null;
    for (let i = 0; i < count; i++) {
      id = stepElement(scene, id, 1)!.id;
      ordered.add(id);
    }
    expect(ordered.size).toBe(count);
  });
});

it('starts at the top left of what is seen', () => {
  const all = { minX: 0, minY: 0, maxX: 1000, maxY: 200 };
  expect(firstElement(gantt, t, all)?.id).toBe('bar:0:0');
  expect(firstElement(gantt, t, { ...all, minX: 450 })?.id).toBe('bar:0:2');
  expect(firstElement(gantt, t, { ...all, minX: 5000, maxX: 6000 })?.id).toBe('bar:0:0');
  expect(firstElement(sceneOf([]), t, all)).toBeNull();
});

it('Home and End are the first and the last drawn', () => {
  expect(stepElement(gantt, null, -Infinity)?.id).toBe('bar:0:0');
  expect(stepElement(gantt, null, Infinity)?.id).toBe('bar:2:0');
  expect(stepElement(gantt, 'bar:0:1', 1)?.id).toBe('bar:0:2');
  expect(stepElement(sceneOf([]), null, 1)).toBeNull();
});

it('finds points by id and nothing by a made-up one', () => {
  const points = Float64Array.of(0, 0, 5, 5);
  const scene = sceneOf([{ kind: 'points', idPrefix: 'p:', points, radius: 3, fill: 'ink' }]);
  expect(findElement(scene, 'p:1')?.index).toBe(1);
  for (const id of ['p:2', 'p:-1', 'p:01', 'p:1e0', 'p:', 'q:1', ''])
    expect(findElement(scene, id)).toBeNull();
});
