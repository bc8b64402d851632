/**
 * Functions that a person wrote, as data: what a family wants to know of them and what came out.
 * Nothing here runs them; `src/sandbox` does.
 */

/** The values f(0, …args), f(1, …args), …, f(count − 1, …args) of a function. */
export interface CodeCall {
  /** TypeScript text, at most `MAX_CODE` characters. */
  readonly source: string;
  /** Name of the function in it. */
  readonly name: string;
  readonly args: readonly number[];
  readonly count: number;
  /** What it depends on, for messages: "A schedule depends on t and T alone." */
  readonly nature: string;
}

/** The values of one call, all finite. */
export interface CodeAnswer {
  readonly source: string;
  readonly values: Float64Array;
}

/** Characters of a person's code. */
export const MAX_CODE = 4000;

/** Most values of one call. */
export const MAX_CODE_VALUES = 1_000_000;

/** Milliseconds one call may run. */
export const CODE_MILLISECONDS = 1000;
