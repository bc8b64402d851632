import { describe, expect, it } from 'vitest';
import { MAX_CODE, type CodeCall } from '../core/code.ts';
import { cos, exp, log, pow, sin, tanh } from '../core/math.ts';
import { unwrap, type Issue } from '../core/result.ts';
import { runInNode } from './node.ts';

const callOf = (source: string, T = 8): CodeCall => ({
  source,
  name: 'schedule',
  args: [T],
  count: T + 1,
  nature: 'it is a function of t and T alone.',
});
const valuesOf = async (source: string, T?: number) =>
  Array.from(unwrap(await runInNode(callOf(source, T))));
async function issueOf(source: string, milliseconds?: number): Promise<Issue> {
  const result = await runInNode(callOf(source), milliseconds);
  if (result.ok) throw new Error('should be refused');
  expect(result.issues).toHaveLength(1);
  return result.issues[0];
}
/** What an expression is inside, as a text of at most 300 characters. */
const inside = async (expression: string): Promise<string> =>
  (await issueOf(`throw String(${expression}); function schedule() {}`)).message.replace(
    /^Thrown: /,
    '',
  );

describe('values', () => {
  it('are those of t = 0 … T', async () => {
    const linear = 'function schedule(t: number, T: number): number { return 1 - t / T; }';
    expect(await valuesOf(linear, 4)).toEqual([1, 0.75, 0.5, 0.25, 0]);
    expect(await valuesOf('let calls = 0;\n(t) => calls++', 3)).toEqual([0, 1, 2, 3]);
  });

  it('come from functions that are equal in every engine', async () => {
    const source = `const all = [Math.exp, Math.log, Math.sin, Math.cos, Math.tanh, (x) => x ** 0.3];
      export default (t: number) => all[t](0.7);`;
    const expected = [exp, log, sin, cos, tanh, (x: number) => pow(x, 0.3)].map((f) => f(0.7));
    expect(await valuesOf(source, 5)).toEqual(expected);
    expect(await valuesOf('(t) => [Math.log2(8), Math.hypot(3, 4), Math.cbrt(27)][t]', 2)).toEqual([
      expect.closeTo(3, 12),
      5,
      expect.closeTo(3, 12),
    ]);
  });

  it('can be many', async () => {
    expect((await valuesOf('(t, T) => t / T', 200_000))[100_000]).toBe(0.5);
  });
});

describe('faults have one message, with line and column', () => {
  it.each([
    [
      'function schedule(t) {\n  const a: any = null;\n  return a.b;\n}',
      3,
      12,
      /^schedule\(0, 8\): TypeError: /,
    ],
    [
      '(t) => {\n  if (t === 5)\n    throw new Error("no");\n  return 1;\n}',
      3,
      11,
      /^schedule\(5, 8\): no$/,
    ],
    ['(t) => t ** 2 + missing', 1, 17, /"missing" is not known here/],
    ['function schedule(t) { return schedule(t) }', 1, 24, /RangeError: Maximum call stack/],
    ['(t) => (t < 6 ? 1 : 0 / 0)', 1, 1, /^schedule\(6, 8\) gave NaN\.$/],
    ['(t) => 1 / (3 - t)', 1, 1, /^schedule\(3, 8\) gave Infinity\.$/],
    ['(t) => "1"', 1, 1, /gave a string\.$/],
    ['async (t) => 1', 1, 1, /gave an object\.$/],
    ['(t) => {}', 1, 1, /gave undefined\.$/],
    ['(t) => Math.random()', 1, 13, /Math\.random is not available: it is a function of t/],
    ['(t) => Date.now()', 1, 13, /Date is not available/],
    ['(t) => new Date().getTime()', 1, 8, /Date is not available/],
    ['(t) => Math.atan2(1, 2)', 1, 13, /Math\.atan2 is not available: engines differ/],
    ['throw "top"; function schedule() {}', 1, 1, /^Thrown: top$/],
    ['(t) => { throw { get message() { throw 1 } } }', 1, 1, /cannot be described/],
    ['function schedule( {', 1, 21, /^Unexpected token\.$/],
  ])('%j', async (source, line, column, message) =>
    expect(await issueOf(source)).toMatchObject({
      line,
      column,
      message: expect.stringMatching(message),
    }),
  );

  it('also of too much text', async () => {
    const issue = await issueOf(`() => 1${' '.repeat(MAX_CODE)}`);
    expect(issue.message).toContain(`at most ${MAX_CODE}`);
  });

  it('and long messages are cut', async () => {
    expect(
      (await issueOf('() => { throw new Error("x".repeat(1e6)) }')).message.length,
    ).toBeLessThan(400);
  });
});

describe('what has no end is ended', () => {
  it.each([
    ['a loop', '() => { for (;;); }'],
    ['a loop at the top', 'for (;;); function schedule() {}'],
    ['an expression that backtracks', '() => +/(a+)+$/.test("a".repeat(50) + "b")'],
    ['a description', '() => { throw { get message() { for (;;); } } }'],
    [
      'microtasks',
      'const again = () => Promise.resolve().then(again); again(); export default () => { for (;;); }',
    ],
  ])('%s', async (_name, source) => {
    expect((await issueOf(source, 200)).message).toBe('The code did not end within 0.2 s.');
  });

  it('memory', async () => {
    const issue = await issueOf(
      '() => { const a = []; for (;;) a.push(new Array(1e5).fill(0)); }',
      5000,
    );
    expect(issue.message).toBe('The code took too much memory.');
  });

  it('microtasks that go on after the answer', async () => {
    const source =
      'const again = () => Promise.resolve().then(again); again(); export default () => 1;';
    expect(await valuesOf(source, 1)).toEqual([1, 1]);
  });
});

describe('nothing is in reach but the language', () => {
  it.each([
    'process',
    'require',
    'module',
    'global',
    'console',
    'fetch',
    'setTimeout',
    'queueMicrotask',
    'postMessage',
    'structuredClone',
    'performance',
    'WebAssembly',
    'SharedArrayBuffer',
    'Atomics',
    'Intl',
    'eval',
    'WeakRef',
    'importScripts',
    'XMLHttpRequest',
    'WebSocket',
    'localStorage',
    'self',
  ])('not %s', async (name) => {
    expect(await inside(`typeof ${name} + typeof globalThis[${JSON.stringify(name)}]`)).toBe(
      'undefinedundefined',
    );
  });

  it.each([
    'this.constructor.constructor("return process")()',
    'globalThis.constructor.constructor("return process")()',
    '(() => {}).constructor("return process")()',
    '(async () => {}).constructor("return process")()',
    'Reflect.construct(Function, ["return process"])()',
    'new Error().constructor.constructor("return this")()',
  ])('not by %s', async (expression) => {
    const { message } = await issueOf(`() => ${expression}`);
    expect(message).toMatch(/Code generation from strings|Cannot read properties of undefined/);
  });

  it('not by what a stack holds', async () => {
    const source = `Error.prepareStackTrace = (_, frames) => frames;
      const frames = new Error().stack;
      throw frames.map((f) => typeof f.getThis() + typeof f.getFunction()).join();
      function schedule() {}`;
    expect((await issueOf(source)).message).not.toContain('function');
    expect(
      await inside(
        'Object.getPrototypeOf(globalThis) === Object.prototype || Object.keys(Object.getPrototypeOf(globalThis))',
      ),
    ).toMatch(/^(true|)$/);
  });

  it('and objects that all share change nothing about the answer', async () => {
    const source = `Object.prototype.type = 'values';
      Array.prototype[Symbol.iterator] = null;
      Float64Array.from = Float64Array.prototype.set = () => null;
      Reflect.apply = Number.isFinite = Function.prototype.call = () => 1;
      Object.defineProperty(Object.prototype, 'values', { get() { return [] } });
      export default (t: number) => t;`;
    expect(await valuesOf(source, 2)).toEqual([0, 1, 2]);
  });
});
