/** Parameters and draws that the generators of the further kinds share. */
import type { ParamSpec } from '../../core/params.ts';
import type { Rng } from '../../core/rng.ts';

export const size = (
  id: string,
  label: string,
  help: string,
  start: number,
  min: number,
  max: number,
): ParamSpec => ({
  id,
  type: 'number',
  label,
  help,
  default: start,
  min,
  max,
  integer: true,
  step: 1,
});

export const fill = {
  id: 'fill',
  type: 'number',
  label: 'Capacity',
  help: 'Share of the total weight that fits.',
  unit: '%',
  default: 50,
  min: 1,
  max: 100,
  integer: true,
  step: 1,
} as const satisfies ParamSpec;

export const correlation = {
  id: 'class',
  type: 'choice',
  label: 'Class',
  help: 'How profits depend on weights.',
  default: 'uncorrelated',
  options: [
    { value: 'uncorrelated', label: 'Uncorrelated' },
    { value: 'weakly', label: 'Weakly correlated' },
    { value: 'strongly', label: 'Strongly correlated' },
    { value: 'subset-sum', label: 'Subset sum' },
  ],
} as const satisfies ParamSpec;

export type Correlation = (typeof correlation)['options'][number]['value'];

export function profitFor(kind: Correlation, weight: number, range: number, rng: Rng): number {
  const tenth = Math.max(1, Math.floor(range / 10));
  if (kind === 'subset-sum') return weight;
  if (kind === 'strongly') return weight + tenth;
  if (kind === 'weakly') return Math.max(1, weight - tenth + rng.int(2 * tenth + 1));
  return 1 + rng.int(range);
}

export const labelOf = (kind: string): string =>
  correlation.options.find(({ value }) => value === kind)?.label.toLowerCase() ?? kind;
