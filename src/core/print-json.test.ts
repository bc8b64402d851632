import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printJson } from './print-json.ts';

describe('printJson', () => {
  it('says the same as JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.parse(printJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(printJson({ a: undefined, b: NaN })).toBe('{ "b": null }');
  });

  it('keeps one job of a job shop, one row of a matrix, one city on a line', () => {
    const job = Array.from({ length: 20 }, (_, i) => [i, 10 + i]);
    expect(printJson({ name: 'A', jobs: [job, job] }).split('\n')).toHaveLength(7);
    expect(
      printJson({ jobs: [job.map(([machine, duration]) => ({ machine, duration }))] }),
    ).toMatch(/^\{\n {2}"jobs": \[\n {4}\[\{ "machine": 0, "duration": 10 \}, .*\}\]\n {2}\]\n\}$/);
    expect(
      printJson({
        matrix: [
          [0, 1],
          [1, 0],
        ],
      }),
    ).toBe('{\n  "matrix": [\n    [0, 1],\n    [1, 0]\n  ]\n}');
    expect(
      printJson([
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ]),
    ).toBe('[\n  { "x": 1, "y": 2 },\n  { "x": 3, "y": 4 }\n]');
  });

  it('wraps a long list of plain values', () => {
    const lines = printJson({ profits: Array.from({ length: 200 }, (_, i) => i) }).split('\n');
    expect(lines.length).toBeGreaterThan(8);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
