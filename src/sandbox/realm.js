/**
 * What surrounds a person's function where it runs: in a worker of a browser and in a context of
 * Node alike. Read as text, put in front of the function, never imported. The value of the script
 * is a function that takes theirs, calls it and answers; before it is there, everything has gone
 * from the global object that is not the language itself. Once their code has run, only what was
 * taken before is used: whatever it did to objects that all share does not matter then.
 */
export default (function realm(
  /** @type {{ args: number[], count: number, nature: string }} */ settings,
  /** @type {Record<string, (...values: number[]) => number>} */ math,
) {
  'use strict';
  const { args, count, nature } = settings;
  const { ownKeys, getPrototypeOf, deleteProperty, defineProperty, apply } = Reflect;
  const root = globalThis;
  const post = typeof root.postMessage === 'function' ? root.postMessage.bind(root) : null;
  const Values = Float64Array;
  const Thrown = Error;
  const text = String;
  const cut = Function.prototype.call.bind(String.prototype.slice);

  const kept = new Set(
    (
      'Object Function Array Number Boolean String Symbol BigInt Math JSON Map Set WeakMap WeakSet ' +
      'RegExp Reflect Proxy Iterator Promise Error EvalError RangeError ReferenceError SyntaxError ' +
      'TypeError URIError AggregateError ArrayBuffer DataView Int8Array Uint8Array ' +
      'Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array ' +
      'BigInt64Array BigUint64Array parseInt parseFloat isNaN isFinite NaN Infinity undefined ' +
      'globalThis'
    ).split(' '),
  );
  const refuse =
    (/** @type {string} */ name, reason = nature) =>
    () => {
      throw new Thrown(`${name} is not available: ${reason}`);
    };
  const hide = (/** @type {object} */ from, /** @type {string | symbol} */ key) => {
    if (!deleteProperty(from, key)) defineProperty(from, key, { value: undefined });
  };

  for (const key of ownKeys(root)) if (!kept.has(/** @type {string} */ (key))) hide(root, key);
  for (let up = getPrototypeOf(root); up && up !== Object.prototype; up = getPrototypeOf(up))
    for (const key of ownKeys(up)) hide(up, key);
  const refuseDate = refuse('Date');
  function NoDate() {
    refuseDate();
  }
  for (const key of ['now', 'parse', 'UTC']) defineProperty(NoDate, key, { value: refuseDate });
  defineProperty(root, 'Date', { value: NoDate });

  defineProperty(Math, 'random', { value: refuse('Math.random') });
  for (const key of ownKeys(Math)) {
    if (key === 'random') continue;
    if (typeof key !== 'string' || typeof Reflect.get(Math, key) !== 'function') continue;
    if (math[key]) defineProperty(Math, key, { value: math[key] });
    else if (
      !/^(abs|ceil|clz32|floor|fround|f16round|imul|max|min|round|sign|sqrt|trunc)$/.test(key)
    )
      defineProperty(Math, key, {
        value: refuse(`Math.${key}`, 'engines differ in its last bits.'),
      });
  }

  /** @param {unknown} reply */
  function answer(reply) {
    if (post) post(reply);
    return reply;
  }

  /** What was thrown, in words; anything may have been thrown. @param {unknown} thrown */
  function describe(thrown) {
    try {
      if (typeof thrown !== 'object' || thrown === null)
        return { message: `Thrown: ${text(thrown)}`, stack: '' };
      const { name, message, stack } = /** @type {Error} */ (thrown);
      return { message: `${text(name)}: ${text(message)}`, stack: text(stack) };
    } catch {
      return { message: 'Something was thrown that cannot be described.', stack: '' };
    }
  }

  if (post) post({ type: 'started' });
  return function run(/** @type {() => Function} */ make) {
    let step = -1;
    try {
      const call = make();
      const values = new Values(count);
      for (step = 0; step < count; step++) {
        const value =
          args.length === 1 ? call(step, args[0]) : apply(call, undefined, [step, ...args]);
        if (typeof value !== 'number' || value - value !== 0)
          return answer({
            type: 'no-number',
            step,
            found: typeof value === 'number' ? text(value) : value === null ? 'null' : typeof value,
          });
        values[step] = value;
      }
      return answer({ type: 'values', values });
    } catch (thrown) {
      const { message, stack } = describe(thrown);
      const shown = { message: cut(message, 0, 300), stack: cut(stack, 0, 2000) };
      return answer({ type: 'thrown', step, message: shown.message, stack: shown.stack });
    }
  };
});
