import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVertexCache } from './vertex-cache.ts';

test('holds the vertices touched last, and never more than it has room for', () => {
  const vertices = 12;
  const commands = fc.array(fc.integer({ min: 0, max: vertices }), { maxLength: 80 });
  fc.assert(
    fc.property(commands, fc.integer({ min: 1, max: 6 }), (given, room) => {
      const cache = createVertexCache(vertices, room);
      let expected: number[] = [];
      for (const vertex of given) {
        if (vertex > 0) {
          cache.recall(vertex);
          expected = [...expected.filter((other) => other !== vertex), vertex].slice(-room);
        } else if (expected.length > 0) expect(cache.takeOldest()).toBe(expected.shift());
        expect(cache.size).toBe(expected.length);
      }
      while (expected.length > 0) expect(cache.takeOldest()).toBe(expected.shift());
    }),
  );
});
