import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { placeAt, stripFunction, stripModule } from './strip.ts';

const issueOf = (source: string) => {
  const result = stripFunction(source, 'schedule');
  if (result.ok) throw new Error('should be refused');
  return result.issues[0];
};
/** What the stripped function gives at t = 2, T = 4. */
const valueOf = (source: string): unknown => {
  const { body } = unwrap(stripFunction(source, 'schedule'));
  // oxlint-disable-next-line no-new-func -- the tests' own sources
  return new Function(body)()(2, 4);
};

describe('types become spaces', () => {
  it.each([
    ['function schedule(t: number, T?: number): number { return t / T!; }', 0.5],
    ['const schedule = <N extends number>(t: N, ...T: N[]): number => t / T[0];', 0.5],
    ['export const schedule = (t: number) => t;', 2],
    ['export default function curve(t: number) { return t; }', 2],
    ['export default (t: number, T: number) => T;', 4],
    ['export default function (t: number): number { return t }', 2],
    ['(t: number, T: number) => t - T', -2],
    ['((t: number) => t);', 2],
    [
      'interface A { x: number }\ntype B = A;\nfunction schedule(t: number) { const a: B = { x: t }; return a.x as number; }',
      2,
    ],
    [
      'declare const other: number;\nfunction schedule(): number\nfunction schedule(t?: number) { return t }',
      2,
    ],
    [
      'function schedule(t) { const x = <number>(<any>t); return [x] satisfies number[] as any }',
      [2],
    ],
    ['function schedule(t) { let x = t as any\n;[1].forEach(() => x++)\nreturn x }', 3],
    ['function schedule(t) { let x = t as any\nreturn x }', 2],
    [
      'function isTwo(x: unknown): x is 2 { return x === 2 }\nconst schedule = (t) => isTwo(t)',
      true,
    ],
    [
      'class A<T> { y: number = 3; get<K>(this_: K): K { return this_ } }\nconst schedule = (t) => new A<number>().get<number>(t)',
      2,
    ],
    ['function schedule(t) { return t ** 3 ** 2 }', 512],
    ['function schedule(t) { return (t + 1) ** (t - 1) + -(t ** 2) }', -1],
    ['function schedule(t) { t **= t + 1; return t }', 8],
  ])('%s', (source, expected) => expect(valueOf(source)).toEqual(expected));

  it('and all else keeps its place', () => {
    const source =
      'type Rate = number;\nconst half: Rate = 0.5;\nfunction schedule(t: Rate, T: Rate): Rate {\n  return half as Rate;\n}\n';
    const { body } = unwrap(stripFunction(source, 'schedule'));
    const lines = body.split('\n');
    source.split('\n').forEach((line, row) => {
      for (const [word] of line.matchAll(/\b(half|function|return|schedule)\b/g))
        expect(lines[row].indexOf(word)).toBe(line.indexOf(word));
    });
  });

  it('and places are found again behind what was put in', () => {
    const source = 'function schedule(t) { return t ** 2 ** 3 + fault(t) }';
    const { body, placeOf } = unwrap(stripFunction(source, 'schedule'));
    const place = placeAt(body, body.indexOf('fault'));
    expect(placeOf(place)).toEqual(placeAt(source, source.indexOf('fault')));
  });

  it('and our own modules become statements', () => {
    // oxlint-disable-next-line no-new-func -- the test's own source
    expect(new Function(`${stripModule('export const a: number = 2;')}\nreturn a`)()).toBe(2);
  });
});

describe('refused, at its place', () => {
  it.each([
    ['let x = ;', 1, 9, 'Unexpected token.'],
    ['function schedule(t) {\n  return (t\n}', 3, 1, 'Unexpected token.'],
    ['let a;\nlet a;', 2, 5, "Identifier 'a' has already been declared."],
    ['import { a } from "b";', 1, 1, 'Nothing can be imported here.'],
    ['const schedule = () => import("fs")', 1, 24, 'Nothing can be imported here.'],
    ['export * from "b";', 1, 1, 'Nothing can be imported here.'],
    ['const schedule = () => import.meta.url', 1, 24, 'Nothing can be imported here.'],
    ['\nenum A { b }', 2, 1, 'An enum cannot be used here; a constant can.'],
    ['namespace A { export const b = 1 }', 1, 1, 'A namespace cannot be used here.'],
    [
      'class A { constructor(readonly b: number) {} }\nconst schedule = 1',
      1,
      23,
      'A parameter cannot be a property here.',
    ],
    ['function schedule(a) { a.b **= 2 }', 1, 24, '"**=" works on plain variables only here.'],
    ['const a = 1;', 1, 1, 'There is no function named "schedule".'],
    ['', 1, 1, 'There is no function named "schedule".'],
    ['with (Math) {}', 1, 1, "'with' in strict mode."],
    ['await 1;\nfunction schedule() {}', 1, 7, 'This part of TypeScript cannot be used here.'],
  ])('%j', (source, line, column, message) =>
    expect(issueOf(source)).toMatchObject({ line, column, message }),
  );

  it('what is left of TypeScript, and nesting without end', () => {
    expect(issueOf('abstract class A {}\nfunction schedule() {}').line).toBe(1);
    expect(issueOf('('.repeat(3900)).message).toMatch(/stack|deep/);
  });

  it('text that goes on outside its function', () => {
    for (const source of [
      '}); fetch("x"); (function () {',
      '} function schedule() {} {',
      'const a = 1 <!-- `\n}); fetch(1); (() => { //`\nfunction schedule() {}',
      'function schedule() {}\n--> }',
      'const schedule = () => 1 //\u2028}); fetch(1); (() => {',
    ])
      expect(stripFunction(source, 'schedule').ok, source).toBe(false);
  });
});

it('never throws', () => {
  const word = fc.constantFrom(
    ...'schedule function ( ) { } t : number => , ; ** as return <T> ? ! ` ${ " \n // /* */ = type interface export default class'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const source = words.join(' ');
      const result = stripFunction(source, 'schedule');
      if (result.ok) return;
      const [{ line = 0, column = 0 }] = result.issues;
      const lines = source.split('\n');
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 1000 },
  );
});
