/**
 * How a family is seen and edited: pure functions from data to draw lists, charts, tables and
 * edits. No family brings React of its own; the shell renders all of this.
 */
import type { EChartsOption } from 'echarts';
import type { Result } from '../core/result.ts';
import type { TraceColumn } from '../core/solver.ts';
import type { ElementId, Point, Scene } from '../scene/scene.ts';
import type { Report } from './family.ts';
import type { Study } from './studies.ts';

/** The trace of a run so far, one typed column per solver trace column. */
export interface TraceData {
  columns: readonly TraceColumn[];
  /** Rows filled; the arrays may be longer. */
  length: number;
  values: readonly Float64Array[];
  /**
   * Seconds of solving when each row came: from the host, as solvers know no clock. Absent where
   * nobody took the time.
   */
  seconds?: Float64Array;
}

/** A run kept to be drawn beside the present one. */
export interface PinnedRun {
  name: string;
  /** Into `ChartColours.series`. */
  colourIndex: number;
  seed: number;
  trace: TraceData;
}

/** What a view draws. */
export interface Frame<Instance, Solution> {
  instance: Instance;
  /** Checked; null before the first incumbent. */
  solution: Solution | null;
  report: Report | null;
  /** The incumbent before `solution`, to show what changed. */
  previous?: Solution | null;
  /** The run's proven bound. */
  bound: number | null;
  /** Evidence of the latest bound that had any (`Family.evidence`). */
  evidence?: unknown;
  trace: TraceData | null;
  /** Row of the trace at the pointer in another chart; drawn as a mark. */
  cursor?: number | null;
  /** Runs kept to compare with, pinned ones. */
  pinned?: readonly PinnedRun[];
  /** States of the mode's toggles. */
  toggles: Readonly<Record<string, boolean>>;
  /** The active tool of the mode. */
  tool: string;
  selected: ElementId | null;
  /** Where the mode's slider stands; its end when absent or null. */
  slide?: number | null;
}

/** What a gesture does; the shell previews it while dragging and commits it at the end. */
export type Edit<Instance, Solution> =
  | { kind: 'instance'; instance: Instance; announce: string; select?: ElementId | null }
  | { kind: 'solution'; solution: Solution; announce: string; select?: ElementId | null }
  /** Cannot be done, and why. */
  | { kind: 'refused'; reason: string };

export interface Modifiers {
  shift: boolean;
  alt: boolean;
}

export interface ElementAction<Instance, Solution> {
  id: string;
  label: string;
  help: string;
  apply(): Edit<Instance, Solution>;
}

/** Direct manipulation. All pure; null means the gesture means nothing here. */
export interface Gestures<Instance, Solution> {
  /** One line on what can be done with mouse and keys. */
  hint: string;
  /** A press and release on an element, or on empty space (`target` null). */
  click?(
    frame: Frame<Instance, Solution>,
    target: ElementId | null,
    at: Point,
    modifiers: Modifiers,
  ): Edit<Instance, Solution> | null;
  /** An element dragged from one place to another; called for every move with the first frame. */
  drag?(
    frame: Frame<Instance, Solution>,
    target: ElementId,
    from: Point,
    to: Point,
  ): Edit<Instance, Solution> | null;
  /** A freehand stroke over empty space; x0, y0, x1, y1, … so far. */
  stroke?(
    frame: Frame<Instance, Solution>,
    points: readonly number[],
  ): Edit<Instance, Solution> | null;
  /** The Delete key. */
  remove?(frame: Frame<Instance, Solution>, target: ElementId): Edit<Instance, Solution> | null;
  /** Further things to do with an element, shown as buttons while it is selected. */
  actions?(
    frame: Frame<Instance, Solution>,
    target: ElementId,
  ): readonly ElementAction<Instance, Solution>[];
  /** Alt+arrow keys on the element under the cursor; dx, dy in −1, 0, 1 (screen directions). */
  nudge?(
    frame: Frame<Instance, Solution>,
    target: ElementId,
    dx: number,
    dy: number,
  ): Edit<Instance, Solution> | null;
}

export interface Tool {
  id: string;
  name: string;
  help: string;
}

export interface Toggle {
  id: string;
  name: string;
  help: string;
  default: boolean;
  /** At most one of a group is on. */
  group?: string;
}

interface ModeBase {
  id: string;
  name: string;
  help: string;
  toggles?: readonly Toggle[];
}

/** A number a person slides along under the picture, such as the time of day. */
export interface Slider {
  label: string;
  min: number;
  max: number;
  /** The value as shown beside it. */
  text(value: number): string;
}

/** A picture on canvas. */
export interface SceneMode<Instance, Solution> extends ModeBase {
  kind: 'scene';
  draw(frame: Frame<Instance, Solution>): Scene;
  /** The first tool is active at first; one unnamed tool when absent. */
  tools?: readonly Tool[];
  gestures?: Gestures<Instance, Solution>;
  /** null while there is nothing to slide along. */
  slider?(frame: Frame<Instance, Solution>): Slider | null;
}

/** A statistical chart; colours by token name (`accent`, `bound`, …) through `ChartColours`. */
export interface ChartMode<Instance, Solution> extends ModeBase {
  kind: 'chart';
  option(frame: Frame<Instance, Solution>, colours: ChartColours): EChartsOption;
  /** One or two sentences for a screen reader. */
  describe(frame: Frame<Instance, Solution>): string;
  /** Where each row of the trace lies on the x axis, to tie the chart to others; null: nowhere. */
  axis?(frame: Frame<Instance, Solution>): { values: ArrayLike<number>; log: boolean } | null;
}

export type Mode<Instance, Solution> =
  SceneMode<Instance, Solution> | ChartMode<Instance, Solution>;

/** Tokens resolved to CSS colours of the current theme. */
export interface ChartColours {
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  panel: string;
  accent: string;
  bound: string;
  good: string;
  warn: string;
  /** The colour of series `index`. */
  series(index: number): string;
}

/** A read-only accessible table of the solution: exactly one row per element of the instance. */
export interface DataTable {
  caption: string;
  columns: readonly { id: string; label: string; numeric?: boolean }[];
  rows: number;
  cell(row: number, column: number): string | number;
  /** The element a row stands for, so that table and picture select together. */
  element?(row: number): ElementId;
}

export type FieldValue = string | number | boolean;

export interface CodeType {
  language: 'typescript';
  /** TypeScript declarations that the editor knows besides the language itself. */
  declarations: string;
}

export type FieldType =
  | { type: 'number'; min?: number; max?: number; step?: number; integer?: boolean }
  | {
      type: 'text';
      maxLength?: number;
      multiline?: boolean;
      monospace?: boolean;
      /** A function in TypeScript, run by the sandbox when a person wants it. */
      code?: CodeType;
    }
  | { type: 'choice'; options: readonly { value: string; label: string }[] }
  | { type: 'boolean' };

/** A scalar of the instance: capacity, rounding, formula. */
export interface Field<Instance> {
  id: string;
  label: string;
  help?: string;
  unit?: string;
  field: FieldType;
  value: FieldValue;
  /** The instance with this value, or the issue to show under the field. */
  set(value: FieldValue): Result<Instance>;
}

/** An editable table of the instance: operations, cities, customers, items, segments. */
export interface Grid<Instance> {
  id: string;
  title: string;
  columns: readonly {
    id: string;
    label: string;
    help?: string;
    field: FieldType;
    width?: number;
  }[];
  rows: number;
  rowLabel(row: number): string;
  /** Hue in [0, 1) of the row's label, when rows are groups with a colour. */
  rowHue?(row: number): number | undefined;
  element?(row: number): ElementId;
  /** null: no such cell in this row (ragged tables). */
  cell(row: number, column: number): FieldValue | null;
  set(row: number, column: number, value: FieldValue): Result<Instance>;
  addRow?: { label: string; apply(): Result<Instance> };
  removeRow?(row: number): Result<Instance>;
  addColumn?: { label: string; apply(): Result<Instance> };
  removeColumn?: { label: string; apply(column: number): Result<Instance> };
}

/** How a saved run goes on. */
export interface Continuation<Instance> {
  /** Where it stands: "step 2 000 of 2 000". */
  stands: string;
  /** Nothing remains of the instance as it is. */
  isOver: boolean;
  /** The instance with more to do. */
  longer?: { label: string; instance: Instance };
}

export interface FamilyViews<Instance, Solution> {
  /** The first is shown at first. A function, as modes may depend on the instance. */
  modes(instance: Instance): readonly Mode<Instance, Solution>[];
  /** The instance editor's table tab. */
  fields(instance: Instance): Field<Instance>[];
  grids(instance: Instance): Grid<Instance>[];
  table(frame: Frame<Instance, Solution>): DataTable;
  /** Where there are several tables, all of them by name; `table` first. */
  tables?(
    frame: Frame<Instance, Solution>,
  ): readonly { id: string; name: string; table: DataTable }[];
  /** Where a run can go on from a solution that one was saved in; null when it cannot. */
  continuation?(instance: Instance, solution: Solution): Continuation<Instance> | null;
  /** Sweeps, comparisons and reproductions; loaded when a person asks for them. */
  studies?(): Promise<readonly Study<Instance, Solution>[]>;
  /** Loads what drawing needs (a world map, say); called once before the first draw. */
  prepare?(instance: Instance): Promise<void>;
}

export type AnyViews = FamilyViews<unknown, unknown>;

/** Checks a family's view types, then forgets them. */
export function defineViews<Instance, Solution>(views: FamilyViews<Instance, Solution>): AnyViews {
  return views as unknown as AnyViews;
}
