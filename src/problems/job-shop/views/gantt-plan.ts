/** What the parts of a Gantt chart share. */
import type { Hue } from '../../../scene/scene.ts';
import type { PackedJobShop } from '../instance.ts';

export type Rows = 'machines' | 'jobs';

/** Space above and below a bar in its row of height 1. */
export const margin = 0.1;
export const barHeight = 1 - 2 * margin;

/** What a frame's picture is made of. */
export interface Plan {
  packed: PackedJobShop;
  rows: Rows;
  /** Null when nothing is scheduled yet. */
  starts: Int32Array | null;
  makespan: number;
  /** 1 for operations on the critical path when it is shown. */
  critical: Uint8Array;
  hues: readonly Hue[];
}
