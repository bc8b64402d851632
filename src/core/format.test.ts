import { expect, it } from 'vitest';
import { formatMeasure, formatNumber } from './format.ts';

it('groups thousands and writes a real minus', () => {
  expect(formatNumber(-1234567.891, 2)).toBe('−1\u2009234\u2009567.89');
  expect(formatNumber(-0.001, 2)).toBe('0.00');
});

it('does not show a small measure as zero', () => {
  expect(formatMeasure(1.596e-8, 6)).toBe('1.6e−8');
  expect(formatMeasure(-2e-9, 6)).toBe('−2.0e−9');
  expect(formatMeasure(0, 6)).toBe('0.000000');
  expect(formatMeasure(6e-7, 6)).toBe('0.000001');
  expect(formatMeasure(NaN, 6)).toBe('–');
  expect(formatMeasure(930, 0)).toBe('930');
});
