import { describe, expect, it } from 'vitest';
import {
  coveragePixels,
  coverLines,
  coverPoints,
  createCoverage,
  linesInSight,
  type Coverage,
} from './coverage.ts';

const asIs = { kx: 1, ky: 1, tx: 0, ty: 0 };

const finish = (work: Generator<void>) => {
  while (!work.next().done);
};

const total = ({ share }: Coverage) => share.reduce((sum, part) => sum + part, 0);

const drawn = (points: number[], options: { width: number; stride: 2 | 4; closed?: boolean }) => {
  const coverage = createCoverage(100, 80);
  finish(coverLines(coverage, Float64Array.from(points), asIs, options));
  return coverage;
};

describe('coverage of lines', () => {
  it('adds up to length times width', () => {
    const diagonal = drawn([10, 10, 40, 50], { width: 1, stride: 2 });
    expect(total(diagonal)).toBeCloseTo(50, 4);
    const bent = drawn([10, 10, 40, 10, 40, 40], { width: 0.5, stride: 2 });
    expect(total(bent)).toBeCloseTo(30, 4);
  });

  it('closes a path, and leaves segments apart', () => {
    const square = [20, 20, 40, 20, 40, 40, 20, 40];
    expect(total(drawn(square, { width: 1, stride: 2, closed: true }))).toBeCloseTo(80, 4);
    expect(total(drawn(square, { width: 1, stride: 4 }))).toBeCloseTo(40, 4);
  });

  it('goes through the points in an order, as if they lay so', () => {
    const points = [20, 20, 40, 40, 20, 40, 40, 20];
    const order = Int32Array.of(0, 3, 1, 2);
    const ordered = createCoverage(100, 80);
    finish(
      coverLines(ordered, Float64Array.from(points), asIs, {
        width: 1,
        stride: 2,
        closed: true,
        order,
      }),
    );
    const copied = [20, 20, 40, 20, 40, 40, 20, 40];
    expect(ordered.share).toEqual(drawn(copied, { width: 1, stride: 2, closed: true }).share);
  });

  it('lists the segments in sight while they are few', () => {
    const line = Float64Array.of(-50, 10, -20, 10, 30, 10, 60, 40, 500, 40, 600, 40);
    const work = (most: number) => {
      const options = { width: 1, stride: 2 } as const;
      const steps = linesInSight(createCoverage(100, 80), line, asIs, options, most);
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
      }
    };
    expect(work(3)).toEqual([-20, 10, 30, 10, 30, 10, 60, 40, 60, 40, 500, 40]);
    expect(work(2)).toBeNull();
  });

  it('lies where the line is', () => {
    const { share, width } = drawn([10, 20.5, 60, 20.5], { width: 1, stride: 2 });
    expect(share[20 * width + 30]).toBeCloseTo(1, 5);
    expect(share[19 * width + 30]).toBeCloseTo(0, 5);
    expect(share[20 * width + 70]).toBe(0);
  });

  it('cuts what reaches out of sight, however far', () => {
    const across = drawn([-1e7, 40.5, 1e7, 40.5], { width: 1, stride: 2 });
    expect(total(across)).toBeGreaterThan(97);
    expect(total(across)).toBeLessThan(101);
    expect(total(drawn([-1e7, -5, 1e7, -5], { width: 1, stride: 2 }))).toBe(0);
    // Around the corner: both ends out of sight on different sides, and nothing between in it.
    expect(total(drawn([-50, 70, 40, 200], { width: 1, stride: 2 }))).toBe(0);
  });
});

describe('coverage of points', () => {
  it('has the area of the circles in sight', () => {
    const coverage = createCoverage(100, 80);
    finish(coverPoints(coverage, Float64Array.of(30.2, 40.7, 500, 40, 60, 20), asIs, 1.1));
    expect(total(coverage)).toBeCloseTo(2 * Math.PI * 1.1 * 1.1, 4);
  });
});

describe('pixels', () => {
  it('are as opaque as covered, and opaque at most', () => {
    const coverage = createCoverage(3, 1);
    coverage.share.set([0, 0.5, 7]);
    const pixels = new Uint8ClampedArray(12).fill(9);
    finish(coveragePixels(coverage, [1, 2, 3], pixels));
    expect(pixels[3]).toBe(0);
    expect([...pixels.subarray(4, 7)]).toEqual([1, 2, 3]);
    expect(Math.abs(pixels[7] - 127.5)).toBeLessThanOrEqual(0.5);
    expect(pixels[11]).toBe(255);
  });
});
