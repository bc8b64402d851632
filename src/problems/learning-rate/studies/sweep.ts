/** Runs over schedules, base rates and seeds, and what they come to. */
import { seedsOf, finalLoss, trainingRun, groupBy, type Cell, type Measured } from './lab.ts';
import { leastIndex, mean } from './numbers.ts';
import { warmupOf, type Preset } from './presets.ts';
import type { Shape } from './shapes.ts';
import { shortNumber } from '../views/common.ts';

export interface SweepKey {
  shape: Shape;
  rate: number;
  seed: number;
  steps: number;
}

/** One run for each shape, rate and seed. */
export function sweepCells(spec: {
  preset: Preset;
  shapes: readonly Shape[];
  rates: readonly number[] | ((shape: Shape) => readonly number[]);
  seeds: number;
  steps?: number;
}): Cell<SweepKey>[] {
  const { preset, shapes, rates, seeds, steps = preset.steps } = spec;
  return shapes.flatMap((shape) =>
    (typeof rates === 'function' ? rates(shape) : rates).flatMap((rate) =>
      seedsOf(seeds).map((seed) => ({
        key: { shape, rate, seed, steps },
        run: trainingRun({
          id: `${shape.id}/${rate}/${steps}/seed ${seed}`,
          label: `${shape.name}, ${shortNumber(rate)}, seed ${seed}`,
          task: preset.task,
          batch: preset.batch,
          steps,
          schedule: shape.make(rate, steps, warmupOf(preset, steps)),
          solverId: preset.solverId,
          seed,
        }),
      })),
    ),
  );
}

/** Final losses of one setting over its seeds. */
export interface Level {
  x: number;
  /** Of the runs done; ∞ when one of them did not stay finite, NaN before the first. */
  mean: number;
  low: number;
  high: number;
  done: number;
  planned: number;
}

export function levelOf(x: number, cells: readonly Measured<unknown>[]): Level {
  const losses = cells.flatMap((cell) => finalLoss(cell) ?? []);
  return {
    x,
    mean: losses.length > 0 ? mean(losses) : NaN,
    low: Math.min(...losses),
    high: Math.max(...losses),
    done: losses.length,
    planned: cells.length,
  };
}

/** Levels of cells grouped by a number, ascending. */
export function levelsBy<Key>(
  cells: readonly Measured<Key>[],
  valueOf: (key: Key) => number,
): Level[] {
  return [...groupBy(cells, ({ key }) => valueOf(key))]
    .map(([x, group]) => levelOf(Number(x), group))
    .sort((a, b) => a.x - b.x);
}

/** The level of the least mean among those all of whose runs are done; null while there is none. */
export function bestLevel(levels: readonly Level[]): Level | null {
  const at = leastIndex(levels.map((level) => (level.done === level.planned ? level.mean : NaN)));
  return at < 0 ? null : levels[at];
}

/** Whether the best level lies at an end of the sweep, so that a better rate may lie beyond. */
export const atEdge = (levels: readonly Level[], best: Level): boolean =>
  levels.length > 2 && (best === levels[0] || best === levels[levels.length - 1]);

export interface ShapeSweep {
  shape: Shape;
  levels: Level[];
  best: Level | null;
}

/** Cells by shape, in the order of the plan. */
export const byShape = (cells: readonly Measured<SweepKey>[]): ShapeSweep[] =>
  [...groupBy(cells, ({ key }) => key.shape.id).values()].map((group) => {
    const levels = levelsBy(group, ({ rate }) => rate);
    return { shape: group[0].key.shape, levels, best: bestLevel(levels) };
  });

/** Points and band of a line of levels. */
export const levelLine = (levels: readonly Level[]) => ({
  data: levels.map(({ x, mean: y }): [number, number] => [x, y]),
  band: levels
    .filter(({ done }) => done > 1)
    .map(({ x, low, high }): [number, number, number] => [x, low, high]),
});

/** An upper end of an axis that keeps what matters readable: the largest of the best `factor`-fold. */
export function readable(
  levels: readonly (readonly Level[])[],
  factor: number,
): number | undefined {
  const values = levels.flatMap((line) => line.map(({ mean: y }) => y)).filter(Number.isFinite);
  if (values.length === 0) return undefined;
  const least = Math.min(...values);
  const most = Math.max(...values);
  return most > least * factor ? least * factor : undefined;
}
