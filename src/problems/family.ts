/**
 * What a problem family is. Everything the shell, the workers and the command line know of a
 * family they know through this object; it has no DOM and no React.
 */
import type { CodeAnswer, CodeCall } from '../core/code.ts';
import { formatMeasure } from '../core/format.ts';
import type { ParamSpec, ParamValues } from '../core/params.ts';
import type { Result } from '../core/result.ts';
import type { Rng } from '../core/rng.ts';
import type { SolverInfo } from '../core/solver.ts';

export type FamilyId = 'job-shop' | 'tsp' | 'vrp' | 'knapsack' | 'learning-rate';

export type Sense = 'min' | 'max';

/** What the checker found, from the instance and the solution alone. */
export interface Report {
  feasible: boolean;
  /** Recomputed objective; NaN when the solution is too broken to have one. */
  objective: number;
  /** Each one sentence that names the place; at most 20, empty when feasible. */
  violations: string[];
}

/** A label and a value shown in the instance panel, e.g. "Total work", "5 109". */
export interface Fact {
  label: string;
  value: string;
  help?: string;
}

/** Compact, versioned instance ↔ bytes, for links. Decoding caps counts before it allocates. */
export interface Codec<Instance> {
  /** Written into every link; a decoder keeps reading every version it ever wrote. */
  version: number;
  encode(instance: Instance): Uint8Array;
  decode(bytes: Uint8Array, version: number): Result<Instance>;
}

export interface InstanceGenerator<Instance> {
  id: string;
  name: string;
  /** One sentence. */
  summary: string;
  /** Author, year of the published generator, or "own". */
  source: string;
  params: readonly ParamSpec[];
  generate(params: ParamValues, rng: Rng): Instance;
}

export interface GalleryEntry<Instance> {
  id: string;
  name: string;
  /** One sentence: why it is interesting. */
  summary: string;
  /** Author, year, or generator and seed. */
  source: string;
  /** Best known objective, and whether it is proven optimal; with its source. */
  bestKnown?: { value: number; optimal: boolean; source: string };
  instance(): Instance;
}

/** A text format of instances. Reading is total: bad text gives issues with a line. */
export interface InstanceFormat<Instance> {
  id: string;
  name: string;
  /** Without the dot, most usual first. */
  extensions: readonly string[];
  /** 0 … 1: how sure this is the text's format. Looks at the name and the first few kB only. */
  sniff(text: string, fileName: string): number;
  parse(text: string, fileName: string): Result<Instance>;
  /** Absent when the format is read-only; fails when it cannot express the instance. */
  write?(instance: Instance): Result<string>;
}

/** A text format of solutions (`.tour`, `.sol`, …) beside the JSON form all families have. */
export interface SolutionFormat<Instance, Solution> {
  id: string;
  name: string;
  extensions: readonly string[];
  sniff(text: string, fileName: string): number;
  parse(text: string, instance: Instance): Result<Solution>;
  write(instance: Instance, solution: Solution, objective: number): string;
}

/** Evidence of a proven bound as data, and its verification from the problem's definition alone. */
export interface BoundEvidence<Instance, Evidence> {
  /** Whether a JSON object is meant as evidence, by its keys. */
  recognises(value: Readonly<Record<string, unknown>>): boolean;
  /** The shape of an untrusted value. */
  read(value: unknown): Result<Evidence>;
  /** Its plain JSON form. */
  write(evidence: Evidence): unknown;
  /** The bound that it proves, or why it proves none. Calls no solver code. */
  verify(instance: Instance, evidence: Evidence): Result<number>;
}

export interface Family<Instance, Packed, Solution> {
  id: FamilyId;
  /** As in the family switcher: "Job shop". */
  name: string;
  /** One sentence on the problem. */
  summary: string;
  sense: Sense;
  objective: {
    /** "Makespan", "Tour length". */
    label: string;
    /** Where what is minimised depends on the instance: its label for this one. */
    labelOf?(instance: Instance): string;
    /** Where a number of things is kept small by maximising its negative: shown as that number. */
    isLoss?(instance: Instance): boolean;
    unit?: string;
    /** Digits after the decimal point when shown. */
    digits(instance: Instance): number;
  };

  /** Shape and meaning of an untrusted JSON value; every issue has a path. Caps sizes first. */
  validate(value: unknown): Result<Instance>;
  /** JSON Schema (draft 7) of the instance, for editor completion and markers. */
  jsonSchema: object;
  /** The instance's own name, shown as the document's title. */
  nameOf(instance: Instance): string;
  withName(instance: Instance, name: string): Instance;
  describe(instance: Instance): Fact[];
  /** Number of elements (operations, cities, customers, items): one solution-table row each. */
  elements(instance: Instance): number;
  /** The best known objective of exactly this instance, when the gallery or a file name tells it. */
  bestKnown?(instance: Instance): { value: number; optimal: boolean } | null;

  /**
   * Loads what checker and solvers need for this instance and few others do (images, say); awaited
   * before either sees it. Without it the checker refuses solutions, and nothing throws.
   */
  prepare?(instance: Instance): Promise<void>;
  pack(instance: Instance): Packed;
  unpack(packed: Packed): Instance;
  codec: Codec<Instance>;
  /** Where instances may hold functions that a person wrote. None of this runs them. */
  code?: {
    /** Calls whose values the instance lacks; it cannot be solved before. */
    missing(instance: Instance): readonly CodeCall[];
    /** Values the instance has, to go with it to a worker. */
    known(instance: Instance): readonly CodeAnswer[];
    /** The instance with the values of its calls; those it has no use for are left out. */
    supply(instance: Instance, answers: readonly CodeAnswer[]): Result<Instance>;
  };

  generators: readonly InstanceGenerator<Instance>[];
  gallery: readonly GalleryEntry<Instance>[];
  formats: readonly InstanceFormat<Instance>[];
  solutionFormats: readonly SolutionFormat<Instance, Solution>[];

  /** Written apart from every solver; never calls solver code. */
  check(instance: Instance, solution: Solution): Report;
  /** Where solvers send evidence along with bounds. */
  evidence?: BoundEvidence<Instance, unknown>;
  /** The plain JSON form of the command line and of solution files. */
  writeSolution(instance: Instance, solution: Solution): unknown;
  /** Shape only; feasibility is the checker's business. */
  readSolution(instance: Instance, value: unknown): Result<Solution>;

  solvers: readonly SolverInfo[];
  /** The solver chosen for this instance when a person has chosen none. */
  defaultSolver(instance: Instance): string;
  /** Why a solver cannot take this instance, by name and reason; null when it can. */
  refuses(solverId: string, instance: Instance): string | null;
}

/** A family with its types forgotten, as the registry hands it out. */
export type AnyFamily = Family<unknown, unknown, unknown>;

/** Checks a family's types, then forgets them. */
export function defineFamily<Instance, Packed, Solution>(
  family: Family<Instance, Packed, Solution>,
): AnyFamily {
  // Sound as long as the shell only hands a family what came out of the same family.
  return family as unknown as AnyFamily;
}

/** An instance's objective as people read it. */
export interface ShownObjective {
  label: string;
  /** Of the values shown. */
  sense: Sense;
  digits: number;
  /** An objective or bound as the value shown. */
  of(value: number): number;
  /** The same as text. */
  text(value: number): string;
}

export function shownObjective<Instance, Packed, Solution>(
  { objective, sense }: Family<Instance, Packed, Solution>,
  instance: Instance,
): ShownObjective {
  const isLoss = objective.isLoss?.(instance) ?? false;
  const digits = objective.digits(instance);
  const of = (value: number) => (isLoss ? 0 - value : value);
  return {
    label: objective.labelOf?.(instance) ?? objective.label,
    sense: isLoss ? (sense === 'min' ? 'max' : 'min') : sense,
    digits,
    of,
    text: (value) => formatMeasure(of(value), digits),
  };
}

/** Better than a published value, which is rounded to the digits shown. */
export function beatsKnown(
  family: AnyFamily,
  instance: unknown,
  a: number,
  known: number,
): boolean {
  const scale = 10 ** family.objective.digits(instance);
  return isBetter(family.sense, Math.round(a * scale), Math.round(known * scale));
}

/** Strictly better in the family's sense. */
export const isBetter = (sense: Sense, a: number, b: number): boolean =>
  sense === 'min' ? a < b : a > b;

/** The bound meets the objective: nothing better exists (within 1e-9, relative). */
export function meets(sense: Sense, bound: number, objective: number): boolean {
  const slack = 1e-9 * Math.max(1, Math.abs(objective));
  return sense === 'min' ? bound >= objective - slack : bound <= objective + slack;
}

/** Relative gap (objective − bound) / |objective|, both senses, in [0, ∞]; 0 when they meet. */
export function gapOf(sense: Sense, bound: number, objective: number): number {
  if (meets(sense, bound, objective)) return 0;
  if (objective === 0) return Infinity;
  return Math.abs(objective - bound) / Math.abs(objective);
}
