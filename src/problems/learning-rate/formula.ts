/**
 * Formulas a person types: a small expression language compiled to closures. Nothing of JavaScript
 * is reachable from it, and it uses the deterministic elementary functions only.
 *
 *   condition ? a : b   ||   &&   == != < <= > >=   + −   × ÷ * /   unary − + !   ^   f(x, …)  (…)
 */
import { cos, exp, log, pow, sin, tanh } from '../../core/math.ts';
import { fail, ok, type Result } from '../../core/result.ts';

export const MAX_FORMULA = 500;

/** @param t step from 0; @param T number of steps. */
export type Formula = (t: number, T: number) => number;

const constants: Readonly<Record<string, number>> = { pi: 3.141592653589793, π: 3.141592653589793 };

interface Callable {
  /** Fewest and most arguments. */
  arity: readonly [number, number];
  apply: (a: number, b: number, c: number) => number;
}

const unary = (apply: (a: number) => number): Callable => ({ arity: [1, 1], apply });

const functions: Readonly<Record<string, Callable>> = {
  sqrt: unary((x) => Math.sqrt(x)),
  exp: unary(exp),
  log: unary(log),
  ln: unary(log),
  sin: unary(sin),
  cos: unary(cos),
  tanh: unary(tanh),
  abs: unary((x) => Math.abs(x)),
  floor: unary((x) => Math.floor(x)),
  ceil: unary((x) => Math.ceil(x)),
  round: unary((x) => Math.round(x)),
  min: { arity: [2, 3], apply: (a, b, c) => Math.min(a, b, c === undefined ? b : c) },
  max: { arity: [2, 3], apply: (a, b, c) => Math.max(a, b, c === undefined ? b : c) },
  pow: { arity: [2, 2], apply: pow },
  mod: { arity: [2, 2], apply: (a, b) => a - b * Math.floor(a / b) },
  clamp: { arity: [3, 3], apply: (x, low, high) => Math.min(high, Math.max(low, x)) },
  if: { arity: [3, 3], apply: (test, a, b) => (test !== 0 ? a : b) },
};

/** Names that may stand in a formula, for help texts. */
export const FORMULA_NAMES: readonly string[] = [
  't',
  'T',
  'z',
  ...Object.keys(constants),
  ...Object.keys(functions),
];

interface Token {
  text: string;
  /** 1-based. */
  column: number;
  number?: number;
}

/** Carries an issue out of the parser; never leaves this file. */
class FormulaError extends Error {
  constructor(
    message: string,
    readonly column: number,
    readonly hint?: string,
  ) {
    super(message);
  }
}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|([A-Za-z_π][A-Za-z_0-9]*)|(<=|>=|==|!=|&&|\|\||\*\*|[-+*/^()<>?:,!×÷·−≤≥≠]))/y;

const SPELLINGS: Readonly<Record<string, string>> = {
  '×': '*',
  '·': '*',
  '÷': '/',
  '−': '-',
  '**': '^',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
};

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      const column = from + (text.slice(from).match(/^\s*/)?.[0].length ?? 0) + 1;
      const shown = String.fromCodePoint(text.codePointAt(column - 1) ?? 32);
      throw new FormulaError(
        `"${shown}" has no meaning here.`,
        column,
        shown === '=' ? 'Compare with ==.' : undefined,
      );
    }
    const raw = match[1] ?? match[2] ?? match[3];
    tokens.push({
      text: SPELLINGS[raw] ?? raw,
      column: TOKEN.lastIndex - raw.length + 1,
      ...(match[1] === undefined ? {} : { number: Number(raw) }),
    });
  }
  tokens.push({ text: '', column: end + 1 });
  return tokens;
}

export type BinaryOperator =
  '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '^';

/** Makes of a formula's parts what it is wanted as: a function, or code of another language. */
export interface FormulaBuilder<Node> {
  number(value: number): Node;
  variable(name: 't' | 'T' | 'z'): Node;
  negate(value: Node): Node;
  not(value: Node): Node;
  binary(operator: BinaryOperator, left: Node, right: Node): Node;
  condition(test: Node, then: Node, otherwise: Node): Node;
  /** @param name one of the functions; the number of arguments fits. */
  call(name: string, args: readonly Node[]): Node;
}

const binaries: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '||': (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  '&&': (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a === b ? 0 : 1),
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': pow,
};

/** As a function of t and T, by closures. */
const closures: FormulaBuilder<Formula> = {
  number: (value) => () => value,
  variable: (name) => (name === 't' ? (t) => t : name === 'T' ? (_t, T) => T : (t, T) => t / T),
  negate: (value) => (t, T) => -value(t, T),
  not: (value) => (t, T) => (value(t, T) === 0 ? 1 : 0),
  binary(operator, left, right) {
    const apply = binaries[operator];
    return (t, T) => apply(left(t, T), right(t, T));
  },
  condition: (test, then, otherwise) => (t, T) => (test(t, T) !== 0 ? then(t, T) : otherwise(t, T)),
  call(name, [a, b, c]) {
    const { apply } = functions[name];
    if (!b) return (t, T) => (apply as (a: number) => number)(a(t, T));
    if (!c) return (t, T) => (apply as (a: number, b: number) => number)(a(t, T), b(t, T));
    return (t, T) => apply(a(t, T), b(t, T), c(t, T));
  },
};

/** From loosest to tightest. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

/** Recursive descent; depth is limited by the formula's length. */
function parse<Node>(tokens: readonly Token[], builder: FormulaBuilder<Node>): Node {
  let position = 0;
  const peek = () => tokens[position];
  const take = (text: string): boolean => {
    if (peek().text !== text || peek().number !== undefined) return false;
    position++;
    return true;
  };
  const expect = (text: string, after: string) => {
    if (take(text)) return;
    const found = peek().text;
    throw new FormulaError(
      `"${text}" is missing ${after}${found ? `, before "${found}"` : ''}.`,
      peek().column,
    );
  };

  function condition(): Node {
    const test = binary(0);
    if (!take('?')) return test;
    const then = condition();
    expect(':', 'in "condition ? a : b"');
    const otherwise = condition();
    return builder.condition(test, then, otherwise);
  }

  function binary(level: number): Node {
    if (level === levels.length) return prefix();
    let left = binary(level + 1);
    for (;;) {
      const operator = levels[level].find((candidate) => take(candidate));
      if (!operator) return left;
      left = builder.binary(operator, left, binary(level + 1));
    }
  }

  function prefix(): Node {
    if (take('-')) return builder.negate(prefix());
    if (take('+')) return prefix();
    if (take('!')) return builder.not(prefix());
    const base = atom();
    if (!take('^')) return base;
    return builder.binary('^', base, prefix());
  }

  function atom(): Node {
    const token = peek();
    if (token.number !== undefined) {
      position++;
      return builder.number(token.number);
    }
    if (take('(')) {
      const inside = condition();
      expect(')', 'to close the parenthesis');
      return inside;
    }
    position++;
    switch (token.text) {
      case 't':
      case 'T':
      case 'z':
        return builder.variable(token.text);
      case '':
        throw new FormulaError('The formula ends where a value should be.', token.column);
    }
    if (Object.hasOwn(constants, token.text)) return builder.number(constants[token.text]);
    if (Object.hasOwn(functions, token.text)) return call(token, functions[token.text].arity);
    if (/^[A-Za-z_π]/.test(token.text))
      throw new FormulaError(
        `"${token.text}" is not known.`,
        token.column,
        `Known are ${FORMULA_NAMES.join(', ')}.`,
      );
    throw new FormulaError(`A value should be here, not "${token.text}".`, token.column);
  }

  function call(token: Token, arity: Callable['arity']): Node {
    if (!take('(')) throw new FormulaError(`"(" is missing after "${token.text}".`, peek().column);
    const args: Node[] = [condition()];
    while (take(',')) args.push(condition());
    expect(')', `to close "${token.text}("`);
    if (args.length < arity[0] || args.length > arity[1]) {
      const wanted = arity[0] === arity[1] ? `${arity[0]}` : `${arity[0]} or ${arity[1]}`;
      throw new FormulaError(
        `"${token.text}" takes ${wanted} value${wanted === '1' ? '' : 's'}, not ${args.length}.`,
        token.column,
      );
    }
    return builder.call(token.text, args);
  }

  const formula = condition();
  const rest = peek();
  if (rest.text !== '') {
    const isValue = rest.number !== undefined || /^[A-Za-z_π(]/.test(rest.text);
    throw new FormulaError(
      `"${rest.text}" should not be here.`,
      rest.column,
      isValue ? 'Write * between two factors.' : undefined,
    );
  }
  return formula;
}

/** Reads a formula of any length into what the builder makes; the issue names the 1-based column. */
export function readFormula<Node>(text: string, builder: FormulaBuilder<Node>): Result<Node> {
  try {
    return ok(parse(tokenize(text), builder));
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const { message, column, hint } = error;
    return fail({ message, column, ...(hint ? { hint } : {}) });
  }
}

/**
 * Compiles a formula of at most 500 characters; the issue names the 1-based column. A compiled
 * formula never throws and may give NaN or ±∞.
 */
export function compileFormula(text: string): Result<Formula> {
  if (text.length > MAX_FORMULA)
    return fail({
      message: `The formula has ${text.length} characters.`,
      hint: `At most ${MAX_FORMULA} are allowed.`,
    });
  return readFormula(text, closures);
}

/** The same without the limit, for formulas that code has put together. */
export const compileGenerated = (text: string): Result<Formula> => readFormula(text, closures);
