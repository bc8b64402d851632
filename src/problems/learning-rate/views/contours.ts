/** Contour lines of a function on a grid by marching squares. */
import type { Box } from '../../../scene/scene.ts';

export interface Grid {
  box: Box;
  /** Grid points along each side. */
  size: number;
  /** Row-major from (minX, minY). */
  values: Float64Array;
}

/** f on size × size points of the box, edges included. */
export function sampleGrid(box: Box, size: number, f: (x: number, y: number) => number): Grid {
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      values[row * size + column] = f(
        box.minX + ((box.maxX - box.minX) * column) / (size - 1),
        box.minY + ((box.maxY - box.minY) * row) / (size - 1),
      );
  return { box, size, values };
}

/**
 * Segments ax, ay, bx, by, … along which the function has the value `level` (Lorensen and Cline
 * 1987, in the plane); a saddle cell is cut by its mean. O(size²).
 */
export function contour({ box, size, values }: Grid, level: number): number[] {
  const stepX = (box.maxX - box.minX) / (size - 1);
  const stepY = (box.maxY - box.minY) / (size - 1);
  const segments: number[] = [];
  for (let row = 0; row + 1 < size; row++)
    for (let column = 0; column + 1 < size; column++) {
      const base = row * size + column;
      const corners = [
        values[base],
        values[base + 1],
        values[base + size + 1],
        values[base + size],
      ];
      const above = corners.map((value) => value > level);
      const ends: number[] = [];
      for (let side = 0; side < 4; side++) {
        const next = (side + 1) % 4;
        if (above[side] === above[next]) continue;
        const u = (level - corners[side]) / (corners[next] - corners[side]);
        const x = side === 0 ? u : side === 1 ? 1 : side === 2 ? 1 - u : 0;
        const y = side === 0 ? 0 : side === 1 ? u : side === 2 ? 1 : 1 - u;
        ends.push(box.minX + (column + x) * stepX, box.minY + (row + y) * stepY);
      }
      if (ends.length === 4) segments.push(...ends);
      else if (ends.length === 8) {
        // Four crossings, one on each side: pair them so that the middle is on the right side.
        const middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
        const [a, b, c, d] = [0, 2, 4, 6].map((i) => ends.slice(i, i + 2));
        if (middle > level === above[0]) segments.push(...a, ...b, ...c, ...d);
        else segments.push(...a, ...d, ...b, ...c);
      }
    }
  return segments;
}
