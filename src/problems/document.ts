/**
 * What a document is: an instance with the choices for solving and seeing it. Its plain JSON form
 * is shared by files, autosave and (as settings) links; reading it is lenient about settings, so
 * that an instance is never lost over a parameter that no longer exists.
 */
import type { BudgetSpec } from '../core/budget.ts';
import { defaultParams, readParam, type ParamValue, type ParamValues } from '../core/params.ts';
import { fail, ok, type Issue, type Result } from '../core/result.ts';
import type { AnyFamily, FamilyId } from './family.ts';

/** Where an instance came from, as long as it is unchanged. */
export type Origin =
  | { kind: 'gallery'; id: string }
  | { kind: 'generator'; id: string; params: ParamValues; seed: number }
  | { kind: 'file'; name: string }
  | { kind: 'link' }
  /** Edited or typed by a person. */
  | { kind: 'own' };

/** A study and what a person has set of its parameters; checked when the study is loaded. */
export interface StudyChoice {
  id: string;
  values: ParamValues;
}

/** The choices beside the instance. */
export interface Settings {
  /** null: the family's default for the instance. */
  solverId: string | null;
  /** By solver id; only values a person has set. */
  params: Readonly<Record<string, ParamValues>>;
  /** An unsigned 32-bit integer. */
  seed: number;
  budget: BudgetSpec;
  /** Portfolio size. */
  workers: number;
  /** The view's mode; null: the first. */
  modeId: string | null;
  /** Toggles of the mode, by id; only those a person has set. */
  toggles: Readonly<Record<string, boolean>>;
  /** The study shown in place of the instance; null shows the instance. */
  study: StudyChoice | null;
}

export interface DocumentContent extends Settings {
  family: FamilyId;
  instance: unknown;
  origin: Origin;
}

/** A document read from outside, with what had to be left out. */
export interface DocumentParts {
  content: DocumentContent;
  /** In the family's own form, of the right shape; not checked for feasibility. */
  solution: unknown | null;
  /** Settings that were ignored, and why. */
  warnings: Issue[];
}

export const DOCUMENT_FORMAT = 'incumbent';
export const DOCUMENT_VERSION = 1;

export const MAX_SEED = 0xffffffff;
export const MAX_WORKERS = 16;

export const defaultBudget: BudgetSpec = { seconds: 30, steps: null, target: null, stall: null };

export const defaultSettings: Settings = {
  solverId: null,
  params: {},
  seed: 1,
  budget: defaultBudget,
  workers: 1,
  modeId: null,
  toggles: {},
  study: null,
};

/** The document's plain JSON object. Settings at their default are left out. */
export function writeDocument(
  document: Partial<DocumentContent> & Pick<DocumentContent, 'family' | 'instance'>,
  family: AnyFamily,
  solution: unknown = null,
): Record<string, unknown> {
  const { origin } = document;
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    family: document.family,
    instance: document.instance,
    ...(origin && (origin.kind === 'gallery' || origin.kind === 'generator') ? { origin } : {}),
    ...writeSettings(document, family),
    ...(solution === null ? {} : { solution: family.writeSolution(document.instance, solution) }),
  };
}

/**
 * Reads what `writeDocument` wrote, from an untrusted JSON value already known to name `family`.
 * Fails when the instance does; everything else that is wrong is a warning.
 */
export function readDocument(
  value: Readonly<Record<string, unknown>>,
  family: AnyFamily,
): Result<DocumentParts> {
  if (value.format !== DOCUMENT_FORMAT)
    return fail({ path: ['format'], message: `The format must be "${DOCUMENT_FORMAT}".` });
  if (typeof value.version !== 'number' || !(value.version >= 1))
    return fail({ path: ['version'], message: 'The format version is missing.' });
  if (value.version > DOCUMENT_VERSION)
    return fail({
      path: ['version'],
      message: 'This file was made by a newer version.',
      hint: 'Reload the page to update, then open it again.',
    });
  const instance = family.validate(value.instance);
  if (!instance.ok)
    return {
      ok: false,
      issues: instance.issues.map((issue) => ({
        ...issue,
        path: ['instance', ...(issue.path ?? [])],
      })),
    };
  const { settings, warnings } = readSettings(value, family);
  let solution: unknown | null = null;
  if (value.solution !== undefined && value.solution !== null) {
    const read = family.readSolution(instance.value, value.solution);
    if (read.ok) solution = read.value;
    else
      warnings.push({ path: ['solution'], message: 'The solution does not fit and is left out.' });
  }
  const content: DocumentContent = {
    family: family.id,
    instance: instance.value,
    origin: readOrigin(value.origin, family),
    ...settings,
  };
  return ok({ content, solution, warnings });
}

function readOrigin(value: unknown, family: AnyFamily): Origin {
  if (!isObject(value)) return { kind: 'own' };
  if (value.kind === 'gallery' && family.gallery.some((entry) => entry.id === value.id))
    return { kind: 'gallery', id: value.id as string };
  const generator = family.generators.find((candidate) => candidate.id === value.id);
  if (value.kind !== 'generator' || !generator || !isSeed(value.seed)) return { kind: 'own' };
  const params: Record<string, ParamValue> = { ...defaultParams(generator.params) };
  for (const spec of generator.params) {
    const given = isObject(value.params) ? readParam(spec, value.params[spec.id]) : null;
    if (!given?.ok) return { kind: 'own' };
    params[spec.id] = given.value;
  }
  return { kind: 'generator', id: generator.id, params, seed: value.seed };
}

/** Settings that differ from their defaults, as plain JSON: solver, params, seed, budget, workers, view. */
export function writeSettings(
  settings: Partial<Settings>,
  family: AnyFamily,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const { solverId, params, seed, budget, workers, modeId, toggles, study } = settings;
  if (solverId) out.solver = solverId;
  const written: Record<string, ParamValues> = {};
  for (const solver of family.solvers) {
    const given = params?.[solver.id];
    const changed = solver.params.filter(
      (spec) => given && Object.hasOwn(given, spec.id) && given[spec.id] !== spec.default,
    );
    if (given && changed.length > 0)
      written[solver.id] = Object.fromEntries(changed.map((spec) => [spec.id, given[spec.id]]));
  }
  if (Object.keys(written).length > 0) out.params = written;
  if (seed !== undefined && seed !== defaultSettings.seed) out.seed = seed;
  if (budget && budgetKeys.some((key) => budget[key] !== defaultBudget[key]))
    out.budget = Object.fromEntries(
      budgetKeys.filter((key) => budget[key] !== null).map((key) => [key, budget[key]]),
    );
  if (workers !== undefined && workers !== defaultSettings.workers) out.workers = workers;
  const view: Record<string, unknown> = {};
  if (modeId) view.mode = modeId;
  if (toggles && Object.keys(toggles).length > 0) view.toggles = toggles;
  if (Object.keys(view).length > 0) out.view = view;
  if (study) out.study = study;
  return out;
}

export const budgetKeys = [
  'seconds',
  'steps',
  'target',
  'stall',
] as const satisfies readonly (keyof BudgetSpec)[];

/** Full settings from an untrusted object as `writeSettings` makes it; what is wrong falls to its default. */
export function readSettings(
  value: Readonly<Record<string, unknown>>,
  family: AnyFamily,
): { settings: Settings; warnings: Issue[] } {
  const warnings: Issue[] = [];
  const ignore = (path: Issue['path'], message: string) =>
    warnings.push({ path, message: `${message} It is left out.` });

  let solverId: string | null = null;
  if (typeof value.solver === 'string' && family.solvers.some(({ id }) => id === value.solver))
    solverId = value.solver;
  else if (value.solver !== undefined && value.solver !== null)
    ignore(['solver'], `There is no solver "${shown(value.solver)}".`);

  const params: Record<string, ParamValues> = {};
  if (isObject(value.params))
    for (const [id, given] of Object.entries(value.params)) {
      const solver = family.solvers.find((candidate) => candidate.id === id);
      if (!solver || !isObject(given)) {
        ignore(['params', id], `There is no solver "${shown(id)}".`);
        continue;
      }
      const values: Record<string, ParamValue> = {};
      for (const [name, raw] of Object.entries(given)) {
        const spec = solver.params.find((candidate) => candidate.id === name);
        const read = spec ? readParam(spec, raw) : null;
        if (spec && read?.ok) values[spec.id] = read.value;
        else
          ignore(
            ['params', id, name],
            read && !read.ok
              ? read.issues[0].message
              : `${solver.name} has no parameter "${shown(name)}".`,
          );
      }
      if (Object.keys(values).length > 0) params[solver.id] = values;
    }
  else if (value.params !== undefined) ignore(['params'], 'The parameters are not an object.');

  let seed = defaultSettings.seed;
  if (isSeed(value.seed)) seed = value.seed;
  else if (value.seed !== undefined)
    ignore(['seed'], `The seed must be a whole number from 0 to ${MAX_SEED}.`);

  let workers = defaultSettings.workers;
  if (isWorkers(value.workers)) workers = value.workers;
  else if (value.workers !== undefined)
    ignore(['workers'], `The workers must be a whole number from 1 to ${MAX_WORKERS}.`);

  const view = isObject(value.view) ? value.view : {};
  let modeId: string | null = null;
  if (isId(view.mode)) modeId = view.mode;
  const toggles: Record<string, boolean> = {};
  if (isObject(view.toggles))
    for (const [id, on] of Object.entries(view.toggles).slice(0, 50))
      if (isId(id) && typeof on === 'boolean') toggles[id] = on;

  return {
    settings: {
      solverId,
      params,
      seed,
      budget: readBudget(value.budget, ignore),
      workers,
      modeId,
      toggles,
      study: readStudy(value.study),
    },
    warnings,
  };
}

/** Its parameters are checked later, by the study itself, which is not loaded here. */
function readStudy(value: unknown): StudyChoice | null {
  if (!isObject(value) || !isId(value.id)) return null;
  const values: Record<string, ParamValue> = {};
  if (isObject(value.values))
    for (const [id, given] of Object.entries(value.values).slice(0, 50)) {
      const isShort = typeof given === 'string' && given.length <= 100;
      if (isId(id) && (isShort || typeof given === 'number' || typeof given === 'boolean'))
        values[id] = given;
    }
  return { id: value.id, values };
}

function readBudget(
  value: unknown,
  ignore: (path: Issue['path'], message: string) => void,
): BudgetSpec {
  if (!isObject(value)) {
    if (value !== undefined) ignore(['budget'], 'The budget is not an object.');
    return defaultBudget;
  }
  const budget: BudgetSpec = { seconds: null, steps: null, target: null, stall: null };
  for (const key of budgetKeys) {
    const given = value[key];
    if (given === undefined || given === null) continue;
    if (isBudgetValue(key, given)) budget[key] = given;
    else ignore(['budget', key], `The budget's ${key} must be ${budgetRanges[key]}.`);
  }
  return budget;
}

const budgetRanges: Record<keyof BudgetSpec, string> = {
  seconds: 'above 0, at most 86 400',
  steps: 'a whole number above 0',
  target: 'a number',
  stall: 'above 0, at most 86 400',
};

/** Whether a budget may hold this number. */
export function isBudgetValue(key: keyof BudgetSpec, value: unknown): value is number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (key === 'target') return true;
  if (key === 'steps') return Number.isSafeInteger(value) && value >= 1;
  return value > 0 && value <= 86_400;
}

export const isSeed = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SEED;

export const isWorkers = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_WORKERS;

/** Ids of modes and toggles. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z][\w-]{0,39}$/.test(value);

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value;
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
