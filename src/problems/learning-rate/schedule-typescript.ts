/** A formula as a TypeScript function, to begin a typed schedule with. */
import { readFormula, type FormulaBuilder } from './formula.ts';

/** An expression; `test` is the truth of it where that reads better than a comparison with 0. */
interface Code {
  value: string;
  test?: string;
}

const truth = ({ value, test }: Code): string => test ?? `${value} !== 0`;
const asNumber = (test: string): Code => ({ value: `(${test} ? 1 : 0)`, test: `(${test})` });
const operators = { '==': '===', '!=': '!==' } as const;
const own: Readonly<Record<string, string>> = { ln: 'log' };

const builder: FormulaBuilder<Code> = {
  number: (value) => ({ value: String(value) }),
  variable: (name) => ({ value: name === 'z' ? '(t / T)' : name }),
  negate: ({ value }) => ({ value: `(-${value})` }),
  not: (value) => asNumber(`!(${truth(value)})`),
  condition: (test, then, otherwise) => ({
    value: `(${truth(test)} ? ${then.value} : ${otherwise.value})`,
  }),
  binary(operator, left, right) {
    switch (operator) {
      case '&&':
      case '||':
        return asNumber(`${truth(left)} ${operator} ${truth(right)}`);
      case '+':
      case '-':
      case '*':
      case '/':
        return { value: `(${left.value} ${operator} ${right.value})` };
      case '^':
        return { value: `Math.pow(${left.value}, ${right.value})` };
      case '==':
      case '!=':
        return asNumber(`${left.value} ${operators[operator]} ${right.value}`);
      default:
        return asNumber(`${left.value} ${operator} ${right.value}`);
    }
  },
  call(name, args) {
    const [a, b, c] = args.map(({ value }) => value);
    switch (name) {
      case 'mod':
        return { value: `(${a} - ${b} * Math.floor(${a} / ${b}))` };
      case 'clamp':
        return { value: `Math.min(${c}, Math.max(${b}, ${a}))` };
      case 'if':
        return { value: `(${truth(args[0])} ? ${b} : ${c})` };
      default:
        return { value: `Math.${own[name] ?? name}(${args.map(({ value }) => value).join(', ')})` };
    }
  },
};

/** Without the brackets around the whole. */
function bare(text: string): string {
  if (!text.startsWith('(')) return text;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0)
      return i === text.length - 1 ? text.slice(1, -1) : text;
  }
  return text;
}

/** A function `schedule(t, T)` with the formula's values; null when the formula cannot be read. */
export function formulaFunction(formula: string): string | null {
  const code = readFormula(formula, builder);
  if (!code.ok) return null;
  return `/** Step t = 0 … T; 1 is the peak. */
function schedule(t: number, T: number): number {
  return ${bare(code.value.value)};
}
`;
}
