/** From a call to the script that a sandbox runs, and from its answer to values or an issue. */
import { MAX_CODE, MAX_CODE_VALUES, type CodeCall } from '../core/code.ts';
import { fail, ok, type Issue, type Result } from '../core/result.ts';
import { functionText, stripFunction, stripModule, type Place } from './strip.ts';

/** Texts of ours that every script has in front; each runtime reads them in its own way. */
export interface Surroundings {
  /** `realm.js`. */
  realm: string;
  /** `src/core/math.ts`. */
  math: string;
}

export interface SandboxScript {
  text: string;
  /** Where a place of the text is in the code; null outside it. */
  placeOf(place: Place): Place | null;
}

/** The name that stack traces give the script. */
export const SCRIPT_NAME = 'sandbox-script.js';

const MATH =
  '{ exp, expm1, log, sin, cos, tanh, pow, tan: (x) => sin(x) / cos(x), ' +
  'log1p: (x) => log(1 + x), log2: (x) => log(x) / 0.6931471805599453, ' +
  'log10: (x) => log(x) / 2.302585092994046, sinh: (x) => (expm1(x) - expm1(-x)) / 2, ' +
  'cosh: (x) => (exp(x) + exp(-x)) / 2, ' +
  'cbrt: (x) => x < 0 ? -pow(-x, 1 / 3) : pow(x, 1 / 3), ' +
  'hypot: (...all) => Math.sqrt(all.reduce((sum, x) => sum + x * x, 0)) }';

const linesOf = (text: string): number => text.split('\n').length;

/** The script of a call; fails, with line and column, when its code cannot be run. Runs nothing. */
export function scriptOf(call: CodeCall, { realm, math }: Surroundings): Result<SandboxScript> {
  if (call.source.length > MAX_CODE)
    return fail({ message: `The code has ${call.source.length} characters; at most ${MAX_CODE}.` });
  if (call.count > MAX_CODE_VALUES)
    return fail({ message: `At most ${MAX_CODE_VALUES} values can be asked for.` });
  const stripped = stripFunction(call.source, call.name);
  if (!stripped.ok) return stripped;
  const { body, placeOf } = stripped.value;
  const settings = { args: call.args, count: call.count, nature: call.nature };
  const library = `(function () { "use strict";\n${stripModule(math)}\nreturn ${MATH};\n})()`;
  const factory = `${realm.slice(realm.indexOf('(function')).trimEnd().replace(/;$/, '')}(${JSON.stringify(settings)}, ${library})`;
  const before = `const run = ${factory};\nrun(`;
  const first = linesOf(before) + 1;
  const last = first + linesOf(body) - 1;
  return ok({
    text: `${before}${functionText(body)});\n//# sourceURL=${SCRIPT_NAME}\n`,
    placeOf({ line, column }) {
      if (line < first || line > last) return null;
      const place = placeOf({ line: line - first + 1, column });
      return place.line <= linesOf(call.source) ? place : null;
    },
  });
}

/** What a sandbox answers; checked by `valuesOf`, whoever sent it. */
export type Reply =
  | { type: 'values'; values: Float64Array }
  | { type: 'thrown'; step: number; message: string; stack: string }
  | { type: 'no-number'; step: number; found: string }
  | { type: 'timeout' }
  | { type: 'memory' }
  | { type: 'broken' };

/** The innermost place of a stack trace that lies in the person's code. */
function placeInStack(stack: string, script: SandboxScript): Place | null {
  for (const [, line, column] of stack.matchAll(/(?:blob:\S*|sandbox-script\.js):(\d+):(\d+)/g)) {
    const place = script.placeOf({ line: Number(line), column: Number(column) });
    if (place) return place;
  }
  return null;
}

const callText = ({ name, args }: CodeCall, step: number): string =>
  `${name}(${[step, ...args].join(', ')})`;

/** The values of an answer, or one clear issue. Never throws, whatever was answered. */
export function valuesOf(
  call: CodeCall,
  script: SandboxScript,
  reply: unknown,
  milliseconds: number,
): Result<Float64Array> {
  const given = (typeof reply === 'object' && reply !== null ? reply : {}) as Partial<
    Record<'type' | 'values' | 'step' | 'message' | 'stack' | 'found', unknown>
  >;
  const step = typeof given.step === 'number' ? given.step : -1;
  switch (given.type) {
    case 'values': {
      const { values } = given;
      if (!(values instanceof Float64Array) || values.length !== call.count) break;
      if (!values.every(Number.isFinite)) break;
      return ok(values);
    }
    case 'thrown': {
      const place = placeInStack(String(given.stack), script);
      const at = step >= 0 ? `${callText(call, step)}: ` : '';
      return fail({ ...placeOrStart(place), ...inWords(at, String(given.message)) });
    }
    case 'no-number':
      return fail({
        ...placeOrStart(null),
        message: `${callText(call, step)} gave ${shownValue(String(given.found))}.`,
        hint: 'Every value must be a finite number.',
      });
    case 'timeout':
      return fail({
        ...placeOrStart(null),
        message: `The code did not end within ${milliseconds / 1000} s.`,
        hint: `It is called ${call.count} times; look for a loop that never ends.`,
      });
    case 'memory':
      return fail({ ...placeOrStart(null), message: 'The code took too much memory.' });
  }
  return fail({ ...placeOrStart(null), message: 'The code ended without an answer.' });
}

/** "NaN", "undefined", or the kind of what is no number: "a string". */
const shownValue = (found: string): string =>
  /^(NaN|-?Infinity|null|undefined)$/.test(found)
    ? found.replace('-', '−')
    : `${/^[aeiou]/.test(found) ? 'an' : 'a'} ${found}`;

const placeOrStart = (place: Place | null): Place => place ?? { line: 1, column: 1 };

/** What was thrown; a name that is not there says what there is not. */
function inWords(at: string, message: string): Issue {
  const missing = /^ReferenceError: (\S+) is not defined$/.exec(message);
  if (missing)
    return {
      message: `${at}"${missing[1]}" is not known here.`,
      hint: 'Code runs on its own, without network, page, storage, clock or chance.',
    };
  return { message: `${at}${message.replace(/^Error: /, '')}` };
}
