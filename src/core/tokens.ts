/** Reading white-space separated text with line and column, for the instance formats. */
import { fail, ok, type Issue, type Result } from './result.ts';

export interface TokenReader {
  /** 1-based line and column of the next token (or of the end). */
  place(): { line: number; column: number };
  done(): boolean;
  /** The next token without taking it; '' at the end. */
  peek(): string;
  /** The next token; '' at the end. */
  next(): string;
  /** The rest of the current line, trimmed, and moves to the next line. */
  restOfLine(): string;
  /** A finite number within the limits, or an issue that names `what` and the place. */
  number(what: string, limits?: NumberLimits): Result<number>;
}

export interface NumberLimits {
  min?: number;
  max?: number;
  integer?: boolean;
}

/** Tokens of `text`; lazily, so that a count can be refused before the rest is read. */
export function readTokens(text: string): TokenReader {
  let position = 0;
  let line = 1;
  let lineStart = 0;

  const isSpace = (code: number) => code <= 32 || code === 0xa0 || code === 0xfeff;

  function skip(): void {
    while (position < text.length) {
      const code = text.charCodeAt(position);
      if (!isSpace(code)) return;
      position++;
      if (code === 10) {
        line++;
        lineStart = position;
      }
    }
  }

  const reader: TokenReader = {
    place() {
      skip();
      return { line, column: position - lineStart + 1 };
    },
    done() {
      skip();
      return position >= text.length;
    },
    peek() {
      skip();
      let end = position;
      while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
      return text.slice(position, end);
    },
    next() {
      const token = reader.peek();
      position += token.length;
      return token;
    },
    restOfLine() {
      let end = text.indexOf('\n', position);
      if (end < 0) end = text.length;
      const rest = text.slice(position, end).trim();
      position = Math.min(text.length, end + 1);
      if (end < text.length) {
        line++;
        lineStart = position;
      }
      return rest;
    },
    number(what, limits = {}) {
      const place = reader.place();
      const token = reader.next();
      if (token === '')
        return fail({
          ...place,
          message: `The file ends where ${what} should be.`,
          hint: 'Is it cut off?',
        });
      const issue = numberIssue(token, what, limits);
      return issue ? fail({ ...place, ...issue }) : ok(Number(token));
    },
  };
  return reader;
}

/** Why `token` is not a number within the limits; null when it is. */
export function numberIssue(token: string, what: string, limits: NumberLimits): Issue | null {
  const value = Number(token);
  const shown = token.length > 24 ? `${token.slice(0, 24)}…` : token;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(token) || !Number.isFinite(value))
    return { message: `"${shown}" is not a number; ${what} should be here.` };
  if (limits.integer && !Number.isInteger(value))
    return { message: `${shown} is not a whole number; ${what} must be one.` };
  if (limits.min !== undefined && value < limits.min)
    return { message: `${shown} is too small: ${what} must be at least ${limits.min}.` };
  if (limits.max !== undefined && value > limits.max)
    return { message: `${shown} is too large: ${what} must be at most ${limits.max}.` };
  return null;
}
