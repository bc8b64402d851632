/** Reading an untrusted JSON value as an instance. */
import type { ParamSpec } from '../../core/params.ts';
import { ok, type Issue, type Result } from '../../core/result.ts';
import { isEvaluated } from './code-values.ts';
import { multipleOf } from './curve.ts';
import { compileFormula } from './formula.ts';
import { LIMITS, largestBatch, sampleSteps, type Instance } from './instance.ts';
import {
  BODIES,
  EVALUATED,
  MAX_DEPTH,
  NO_COOLDOWN,
  NO_WARMUP,
  bodyInfo,
  type Body,
  type CodeBody,
  type Cooldown,
  type Warmup,
} from './schedule.ts';
import {
  batchSpec,
  cooldownSpecs,
  fractionSpec,
  interpolationSpec,
  multipleSpec,
  peakSpec,
  pieceSpecs,
  shareSpec,
  stepsSpec,
  warmupSpecs,
} from './schema-specs.ts';
import { goalOf, parseTable, type TableTask } from './table.ts';
import { TASKS, makeTask, type Task } from './tasks.ts';

type Path = readonly (string | number)[];
type Json = Readonly<Record<string, unknown>>;
/** Collects issues while reading; every reader gives a usable value, so that all are found. */
class Reader {
  readonly issues: Issue[] = [];

  report(path: Path, message: string, hint?: string): void {
    if (this.issues.length < 50) this.issues.push({ path, message, ...(hint ? { hint } : {}) });
  }

  object(value: unknown, path: Path, what: string): Json | null {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
    this.report(path, `${what} must be an object.`);
    return null;
  }

  /** A list of at most `max` entries, at least one. */
  list(value: unknown, path: Path, what: string, max: number): readonly unknown[] {
    if (!Array.isArray(value) || value.length === 0) {
      this.report(path, `${what} must be a list with at least one entry.`);
      return [];
    }
    if (value.length <= max) return value;
    this.report(path, `${what} has ${value.length} entries; at most ${max} are allowed.`);
    return [];
  }

  /** Names outside `known` are issues: most likely misspelt. */
  names(value: Json, path: Path, known: readonly string[]): void {
    for (const name of Object.keys(value).slice(0, 100))
      if (!known.includes(name))
        this.report([...path, name], `"${name}" is not known here.`, `Known: ${known.join(', ')}.`);
  }

  param(spec: ParamSpec, value: unknown, path: Path): number | string {
    if (spec.type === 'number') {
      if (typeof value !== 'number' || !Number.isFinite(value))
        this.report(path, `${spec.label} must be a number.`);
      else if (value < spec.min || value > spec.max)
        this.report(path, `${spec.label} must be from ${spec.min} to ${spec.max}.`);
      else if (spec.integer && !Number.isInteger(value))
        this.report(path, `${spec.label} must be a whole number.`);
      else return value === 0 ? 0 : value;
      return spec.default;
    }
    if (spec.type === 'choice') {
      if (spec.options.some((option) => option.value === value)) return value as string;
      const options = spec.options.map((option) => `"${option.value}"`).join(', ');
      this.report(path, `${spec.label} must be one of ${options}.`);
    }
    return spec.default as string;
  }

  /** All the specs' values, defaults for what is absent. */
  params(specs: readonly ParamSpec[], value: Json, path: Path): Record<string, number | string> {
    const result: Record<string, number | string> = {};
    for (const spec of specs)
      result[spec.id] = Object.hasOwn(value, spec.id)
        ? this.param(spec, value[spec.id], [...path, spec.id])
        : (spec.default as number | string);
    return result;
  }
}

function readTask(reader: Reader, value: unknown, path: Path): Task {
  const fallback = { kind: TASKS[0].kind };
  const json = reader.object(value, path, 'The task');
  if (!json) return fallback as unknown as Task;
  const info = TASKS.find((candidate) => candidate.kind === json.kind);
  if (!info) {
    const kinds = TASKS.map((candidate) => `"${candidate.kind}"`).join(', ');
    reader.report([...path, 'kind'], `The task's kind must be one of ${kinds}.`);
    return fallback as unknown as Task;
  }
  const own = info.kind === 'table' ? ['csv'] : [];
  reader.names(json, path, ['kind', ...info.specs.map((spec) => spec.id), ...own]);
  const params = reader.params(info.specs, json, path);
  if (info.kind !== 'table') return { kind: info.kind, ...params } as unknown as Task;
  const task = makeTask('table', params);
  return { ...task, csv: readTable(reader, json.csv, [...path, 'csv'], task) };
}

/** The text of a table that can be learned; the default where it is left out or cannot. */
function readTable(reader: Reader, value: unknown, path: Path, task: TableTask): string {
  if (value === undefined) return task.csv;
  if (typeof value !== 'string') {
    reader.report(path, 'The table must be a text: rows of cells, the last one to be learned.');
    return task.csv;
  }
  const table = parseTable(value);
  const goal = table.ok ? goalOf(task.goal, table.value) : table;
  if (goal.ok) return value;
  for (const { line, message, hint } of goal.issues)
    reader.report(path, line ? `Line ${line}: ${message}` : message, hint);
  return task.csv;
}

function readPoints(reader: Reader, value: unknown, path: Path): [number, number][] {
  const points = reader.list(value, path, 'The control points', LIMITS.points);
  let before = -Infinity;
  return points.map((entry, i): [number, number] => {
    const place = [...path, i];
    if (!Array.isArray(entry) || entry.length !== 2) {
      reader.report(place, 'A control point must be [fraction of the body, multiple of the peak].');
      return [0, 0];
    }
    const at = reader.param(fractionSpec, entry[0], [...place, 0]) as number;
    if (at <= before)
      reader.report([...place, 0], 'Control points must be in strictly increasing order.');
    before = at;
    return [at, reader.param(multipleSpec, entry[1], [...place, 1]) as number];
  });
}

/** Schedules that a sequence or product is made of. */
function readMembers(
  reader: Reader,
  value: unknown,
  path: Path,
  depth: number,
  read: (entry: unknown, place: Path) => Body,
): Body[] {
  if (depth >= MAX_DEPTH) {
    reader.report(path, `Schedules can be nested ${MAX_DEPTH} deep.`);
    return [{ kind: 'constant' }];
  }
  return reader.list(value, path, 'The schedules', LIMITS.members).map((entry, i) => {
    const body = read(entry, [...path, i]);
    if (bodyInfo(body.kind).followsRun)
      reader.report([...path, i], `${bodyInfo(body.kind).name} can only stand on its own.`);
    return body;
  });
}

function readBody(reader: Reader, value: unknown, path: Path, depth = 1): Body {
  const fallback: Body = { kind: 'constant' };
  const json = reader.object(value, path, 'The body');
  if (!json) return fallback;
  const info = BODIES.find((candidate) => candidate.kind === json.kind);
  if (!info) {
    const kinds = BODIES.map((candidate) => `"${candidate.kind}"`).join(', ');
    reader.report([...path, 'kind'], `The body's kind must be one of ${kinds}.`);
    return fallback;
  }
  switch (info.kind) {
    case 'points': {
      reader.names(json, path, ['kind', 'interpolation', 'points']);
      const { interpolation } = reader.params([interpolationSpec], json, path);
      const points = readPoints(reader, json.points, [...path, 'points']);
      return { kind: 'points', interpolation, points } as Body;
    }
    case 'pieces': {
      reader.names(json, path, ['kind', 'pieces']);
      const list = reader.list(json.pieces, [...path, 'pieces'], 'The segments', LIMITS.pieces);
      const pieces = list.map((entry, i) => {
        const place = [...path, 'pieces', i];
        const piece = reader.object(entry, place, 'A segment') ?? {};
        reader.names(piece, place, ['share', 'shape', 'from', 'to']);
        return reader.params(pieceSpecs, piece, place);
      });
      return { kind: 'pieces', pieces } as unknown as Body;
    }
    case 'sequence': {
      reader.names(json, path, ['kind', 'parts']);
      const shares: number[] = [];
      const bodies = readMembers(reader, json.parts, [...path, 'parts'], depth, (entry, place) => {
        const part = reader.object(entry, place, 'A part') ?? {};
        reader.names(part, place, ['share', 'body']);
        shares.push(reader.params([shareSpec], part, place).share as number);
        return readBody(reader, part.body, [...place, 'body'], depth + 1);
      });
      return { kind: 'sequence', parts: bodies.map((body, i) => ({ share: shares[i], body })) };
    }
    case 'product': {
      reader.names(json, path, ['kind', 'factors']);
      const factors = readMembers(
        reader,
        json.factors,
        [...path, 'factors'],
        depth,
        (entry, place) => readBody(reader, entry, place, depth + 1),
      );
      return { kind: 'product', factors };
    }
    case 'formula': {
      reader.names(json, path, ['kind', 'formula']);
      const place = [...path, 'formula'];
      if (typeof json.formula !== 'string' || json.formula.trim() === '') {
        reader.report(place, 'The formula must be a text.', 'For example 0.5 * (1 + cos(pi * z)).');
        return { kind: 'formula', formula: '1' };
      }
      const compiled = compileFormula(json.formula);
      if (!compiled.ok)
        for (const issue of compiled.issues)
          reader.report(
            place,
            issue.column ? `Column ${issue.column}: ${issue.message}` : issue.message,
            issue.hint,
          );
      return { kind: 'formula', formula: compiled.ok ? json.formula : '1' };
    }
    case 'code': {
      reader.names(json, path, ['kind', 'code']);
      const { code } = json;
      if (typeof code !== 'string' || code.trim() === '' || code.length > LIMITS.code) {
        reader.report(
          [...path, 'code'],
          `The code must be a text of at most ${LIMITS.code} characters.`,
          'For example (t: number, T: number) => 1 - t / T.',
        );
        return { kind: 'code', code: '() => 1' };
      }
      // Only objects of this page have it; values of other code do not come along.
      const known = (json as unknown as CodeBody)[EVALUATED];
      return known?.code === code
        ? { kind: 'code', code, [EVALUATED]: known }
        : { kind: 'code', code };
    }
    default:
      reader.names(json, path, ['kind', ...info.specs.map((spec) => spec.id)]);
      return { kind: info.kind, ...reader.params(info.specs, json, path) } as unknown as Body;
  }
}

function readRamp(
  reader: Reader,
  value: unknown,
  path: Path,
  what: string,
  specs: readonly ParamSpec[],
): Record<string, number | string> | null {
  if (value === undefined) return null;
  const json = reader.object(value, path, what);
  if (!json) return null;
  reader.names(
    json,
    path,
    specs.map((spec) => spec.id),
  );
  return reader.params(specs, json, path);
}

/** Whether values can be negative, infinite, or too large; the rest has ranges that keep them in. */
const mayLeaveRange = (body: Body): boolean =>
  ['formula', 'code', 'sequence', 'product'].includes(body.kind);

/** Values of a formula are tried at this many steps; those of code, which are known, at all. */
const TRIED = 5001;

function checkValues(reader: Reader, instance: Instance): void {
  const { schedule, steps } = instance;
  const { kind } = schedule.body;
  if (!isEvaluated(schedule.body, steps)) return;
  const multiple = multipleOf(schedule, steps);
  const isTyped = kind === 'formula' || kind === 'code';
  const path = ['schedule', 'body', ...(isTyped ? [kind] : [])];
  const what = isTyped ? `The ${kind}` : 'The curve';
  for (const t of sampleSteps(steps, kind === 'code' ? steps + 1 : TRIED)) {
    const value = multiple(t);
    if (value >= 0 && value <= 1000) continue;
    const shown = Number.isFinite(value) ? `is ${Number(value.toPrecision(4))}` : 'has no value';
    reader.report(
      path,
      `${what} ${shown} at t = ${t}.`,
      'It must be from 0 to 1000 (times the peak) at every step; max(0, …) may help.',
    );
    return;
  }
}

/** Shape, ranges and meaning of an instance; every issue has a path. */
export function validate(value: unknown): Result<Instance> {
  const reader = new Reader();
  const json = reader.object(value, [], 'The instance');
  if (!json) return { ok: false, issues: reader.issues };
  reader.names(json, [], ['name', 'task', 'steps', 'batch', 'schedule']);
  let name = 'Learning-rate curve';
  if (json.name !== undefined) {
    if (typeof json.name === 'string' && json.name.length <= LIMITS.name) name = json.name;
    else reader.report(['name'], `The name must be a text of at most ${LIMITS.name} characters.`);
  }
  const task = readTask(reader, json.task, ['task']);
  const steps = reader.param(stepsSpec, json.steps, ['steps']) as number;
  const { batch } = reader.params([batchSpec], json, []) as { batch: number };
  if (batch > largestBatch(task))
    reader.report(['batch'], `A batch of this task has at most ${largestBatch(task)} samples.`);
  const schedule = reader.object(json.schedule, ['schedule'], 'The schedule') ?? {};
  reader.names(schedule, ['schedule'], ['peak', 'warmup', 'body', 'cooldown']);
  const peak = reader.param(peakSpec, schedule.peak, ['schedule', 'peak']) as number;
  const path = ['schedule', 'warmup'];
  const warmup = (readRamp(reader, schedule.warmup, path, 'The warm-up', warmupSpecs) ??
    NO_WARMUP) as unknown as Warmup;
  const cooldown = (readRamp(
    reader,
    schedule.cooldown,
    ['schedule', 'cooldown'],
    'The cooldown',
    cooldownSpecs,
  ) ?? NO_COOLDOWN) as unknown as Cooldown;
  const body = readBody(reader, schedule.body, ['schedule', 'body']);
  if (warmup.steps + cooldown.steps > steps)
    reader.report(
      ['schedule'],
      `Warm-up and cooldown take ${warmup.steps + cooldown.steps} of ${steps} steps.`,
      'Shorten one of them.',
    );
  const instance: Instance = {
    name,
    task,
    steps,
    batch,
    schedule: { peak, warmup, body, cooldown },
  };
  if (reader.issues.length === 0 && mayLeaveRange(body)) checkValues(reader, instance);
  return reader.issues.length > 0 ? { ok: false, issues: reader.issues } : ok(instance);
}
