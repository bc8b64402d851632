/**
 * From the TypeScript of one function to JavaScript that any engine runs, without running it. Types
 * become spaces, so that lines and columns stay; a power becomes `Math.pow`, which the sandbox
 * makes equal in every engine, unlike the operator.
 */
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser, type Options } from 'acorn';
import { fail, ok, type Issue, type Result } from '../core/result.ts';

/** A place in a text, both from 1. */
export interface Place {
  line: number;
  column: number;
}

export interface Stripped {
  /** The body of a function that returns the person's function. */
  body: string;
  /** Where a place of `body` (both from 1) is in the text that was written. */
  placeOf(place: Place): Place;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const TypeScript = Parser.extend(tsPlugin());
const options: Options = {
  ecmaVersion: 'latest',
  sourceType: 'module',
  locations: true,
  preserveParens: true,
  allowAwaitOutsideFunction: false,
};

/** Carries an issue out of the walk; never leaves this file. */
class StripError extends Error {
  constructor(
    message: string,
    readonly at: number,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** Line and column, from 1, of an offset. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* childrenOf(node: Node): Generator<Node> {
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc') continue;
    if (isNode(value)) yield value;
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) yield item;
  }
}

/** Changes of a text that leave its lines as they are. */
class Edits {
  readonly characters: string[];
  readonly inserts: { at: number; text: string }[] = [];
  /** Offsets that have become spaces. */
  readonly blanked = new Set<number>();

  constructor(readonly text: string) {
    this.characters = text.split('');
  }

  blank(start: number, end: number): void {
    for (let i = start; i < end; i++) {
      this.blanked.add(i);
      if (!/[\n\r\u2028\u2029]/.test(this.characters[i])) this.characters[i] = ' ';
    }
  }

  insert(at: number, text: string): void {
    this.inserts.push({ at, text });
  }

  finish(): Stripped {
    // Of two at one place the outer one was asked for first and comes first.
    const inserts = this.inserts.toSorted((a, b) => a.at - b.at);
    let body = '';
    let from = 0;
    for (const { at, text } of inserts) {
      body += this.characters.slice(from, at).join('') + text;
      from = at;
    }
    body += this.characters.slice(from).join('');
    const shifts = inserts.map(({ at, text }) => ({
      ...placeAt(this.text, at),
      size: text.length,
    }));
    return {
      body,
      placeOf({ line, column }) {
        let place = column;
        for (const shift of shifts) {
          if (shift.line !== line || shift.column > place) continue;
          place = Math.max(shift.column, place - shift.size);
        }
        return { line, column: place };
      },
    };
  }
}

const refusals: Readonly<Record<string, string>> = {
  ImportDeclaration: 'Nothing can be imported here.',
  ImportExpression: 'Nothing can be imported here.',
  ExportAllDeclaration: 'Nothing can be imported here.',
  MetaProperty: 'Nothing can be imported here.',
  TSEnumDeclaration: 'An enum cannot be used here; a constant can.',
  TSModuleDeclaration: 'A namespace cannot be used here.',
  TSImportEqualsDeclaration: 'Nothing can be imported here.',
  TSExportAssignment: 'Nothing needs to be exported here.',
  TSParameterProperty: 'A parameter cannot be a property here.',
  Decorator: 'Decorators cannot be used here.',
};

/** Statements that TypeScript alone has. */
const typeStatements = new Set([
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
]);

const endsByItself = new Set([
  'VariableDeclaration',
  'ExpressionStatement',
  'ReturnStatement',
  'ThrowStatement',
]);

function strip(edits: Edits, node: Node): void {
  const { type, start, end } = node;
  if (Object.hasOwn(refusals, type)) throw new StripError(refusals[type], start);
  if (typeStatements.has(type) || node.declare === true) {
    edits.blank(start, end);
    edits.characters[start] = ';';
    return;
  }
  switch (type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression': {
      const expression = node.expression as Node;
      edits.blank(expression.end, end);
      strip(edits, expression);
      return;
    }
    case 'TSTypeAssertion': {
      const expression = node.expression as Node;
      edits.blank(start, expression.start);
      strip(edits, expression);
      return;
    }
    case 'Identifier': {
      const name = node.name as string;
      if (name === 'this') throw new StripError('"this" cannot be a parameter here.', start);
      // "?" and ": type" follow the name.
      edits.blank(start + name.length, end);
      return;
    }
    case 'ExportDefaultDeclaration':
    case 'ExportNamedDeclaration': {
      const declaration = node.declaration as Node | null;
      if (!declaration || node.source)
        throw new StripError('Nothing needs to be exported here.', start);
      edits.blank(start, declaration.start);
      strip(edits, declaration);
      return;
    }
    case 'BinaryExpression':
      if (node.operator === '**') power(edits, node, 'Math.pow(');
      break;
    case 'AssignmentExpression':
      if (node.operator === '**=') {
        const left = node.left as Node;
        if (left.type !== 'Identifier')
          throw new StripError('"**=" works on plain variables only here.', left.start);
        power(edits, node, `${left.name as string} = Math.pow(`);
      }
      break;
  }
  if (type.startsWith('TS')) {
    edits.blank(start, end);
    return;
  }
  for (const child of childrenOf(node)) strip(edits, child);
  // What ended by a type or by an end of line must not run on into the next line now.
  if (endsByItself.has(type) && edits.blanked.has(end - 1) && edits.characters[end - 1] === ' ')
    edits.characters[end - 1] = ';';
}

/** `a ** b` as `Math.pow(a , b)`, `a **= b` as `a = Math.pow(a , b)`. */
function power(edits: Edits, node: Node, opening: string): void {
  const left = node.left as Node;
  const right = node.right as Node;
  const between = edits.text.slice(left.end, right.start);
  const operator = between.search(/\*\*/);
  // A comment may hold asterisks of its own.
  if (/\/[*/]/.test(between))
    throw new StripError('Move the comment away from "**".', left.end + operator);
  const at = left.end + operator;
  edits.blank(at, at + (node.operator as string).length);
  edits.insert(node.start, opening);
  edits.insert(at, ',');
  edits.insert(node.end, ')');
}

/** The function among the statements of a text, and where to put `return` when it has no name. */
function findFunction(program: Node, name: string): { name: string } | { at: number } | null {
  const statements = program.body as Node[];
  const nameOf = (id: unknown) => (isNode(id) ? (id.name as string | undefined) : undefined);
  let found = false;
  for (const statement of statements) {
    const declaration = statement.declaration as Node | null | undefined;
    if (statement.type === 'ExportDefaultDeclaration' && declaration) {
      const own = nameOf(declaration.id);
      return own ? { name: own } : { at: declaration.start };
    }
    const inner = declaration ?? statement;
    if (inner.type === 'FunctionDeclaration') found ||= nameOf(inner.id) === name;
    else if (inner.type === 'VariableDeclaration')
      found ||= (inner.declarations as Node[]).some(({ id }) => nameOf(id) === name);
  }
  if (found) return { name };
  const last = statements.at(-1);
  if (last?.type !== 'ExpressionStatement') return null;
  let expression = last.expression as Node;
  while (expression.type === 'ParenthesizedExpression') expression = expression.expression as Node;
  return /^(Arrow)?FunctionExpression$/.test(expression.type) ? { at: last.start } : null;
}

/** `Unexpected token (3:7)` of the parser as an issue. */
function issueOf(error: unknown, text: string): Issue {
  if (error instanceof StripError) {
    const { message, at, hint } = error;
    return { message, ...placeAt(text, at), ...(hint ? { hint } : {}) };
  }
  if (error instanceof SyntaxError && 'pos' in error) {
    const message = error.message.replace(/ \(\d+:\d+\)$/, '');
    return { message: `${message}.`, ...placeAt(text, Number(error.pos)) };
  }
  // The parser and the walk are recursive.
  if (error instanceof RangeError) return { message: 'The code is nested too deep.', line: 1 };
  throw error;
}

/** The body as the sandbox puts it into a script: a function of its own, strict. */
export const functionText = (body: string): string => `function () { "use strict";\n${body}\n}`;

/**
 * Whether the text is one function and nothing else also in a classic script, which knows comments
 * that modules do not: so that no text can close the function and go on outside it.
 */
function isOneFunction(body: string): boolean {
  const text = `(${functionText(body)})`;
  const program = Parser.parse(text, { ...options, sourceType: 'script' }) as unknown as Node;
  const [statement, ...more] = program.body as Node[];
  const inner = (statement?.expression as Node | undefined)?.expression as Node | undefined;
  return more.length === 0 && inner?.type === 'FunctionExpression' && inner.end === text.length - 1;
}

/**
 * The code of one function: named `name` at the top of the text, or exported as default, or the only
 * expression. Every issue has line and column. O(length), runs nothing.
 */
export function stripFunction(source: string, name: string): Result<Stripped> {
  try {
    const program = TypeScript.parse(source, options) as unknown as Node;
    const edits = new Edits(source);
    strip(edits, program);
    const entry = findFunction(program, name);
    if (!entry)
      return fail({
        message: `There is no function named "${name}".`,
        hint: `Write one, for example function ${name}(t: number, T: number) { return 1 - t / T; }`,
        line: 1,
        column: 1,
      });
    if ('at' in entry) edits.insert(entry.at, 'return ');
    const stripped = edits.finish();
    const body = 'name' in entry ? `${stripped.body}\n;return ${entry.name};` : stripped.body;
    try {
      if (isOneFunction(body)) return ok({ ...stripped, body });
    } catch (error) {
      if (!(error instanceof SyntaxError) || !('pos' in error)) throw error;
      // One line and the opening of the function come before the body.
      const place = placeAt(`(${functionText(body)})`, Number(error.pos));
      return fail({
        message: 'This part of TypeScript cannot be used here.',
        hint: 'Write it without types of its own.',
        ...stripped.placeOf({ line: place.line - 1, column: place.column }),
      });
    }
    return fail({ message: 'The code must be one function.', line: 1, column: 1 });
  } catch (error) {
    return fail(issueOf(error, source));
  }
}

/** The declarations of one of our own modules as statements of a function; throws when they do not parse. */
export function stripModule(source: string): string {
  const edits = new Edits(source);
  strip(edits, TypeScript.parse(source, options) as unknown as Node);
  return edits.finish().body;
}
