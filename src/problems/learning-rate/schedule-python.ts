/** A schedule as Python: a function of the step for PyTorch's LambdaLR or as an optax schedule. */
import { fail, ok, type Result } from '../../core/result.ts';
import { isEvaluated, NOT_EVALUATED } from './code-values.ts';
import { learningRates } from './curve.ts';
import { readFormula, type FormulaBuilder } from './formula.ts';
import type { Instance } from './instance.ts';
import { simplify } from './interpolate.ts';
import { scheduleFormula } from './schedule-formula.ts';
import type { Body } from './schedule.ts';

export type Framework = 'torch' | 'optax';

/** An expression; `test` is the truth of it where that reads better than a comparison with 0. */
interface Code {
  value: string;
  test?: string;
}

interface Dialect {
  where(test: string, then: string, otherwise: string): string;
  and(a: string, b: string): string;
  or(a: string, b: string): string;
  not(a: string): string;
  call(name: string, args: readonly string[]): string;
}

const torch: Dialect = {
  where: (test, then, otherwise) => `(${then} if ${test} else ${otherwise})`,
  and: (a, b) => `(${a} and ${b})`,
  or: (a, b) => `(${a} or ${b})`,
  not: (a) => `(not ${a})`,
  call(name, args) {
    // Python raises where the formula has −∞.
    if (name === 'log') return `(math.log(${args[0]}) if ${args[0]} > 0 else -math.inf)`;
    const own = ['min', 'max', 'abs'].includes(name) ? name : `math.${name}`;
    return `${own}(${args.join(', ')})`;
  },
};

const jaxNames: Readonly<Record<string, string>> = { min: 'minimum', max: 'maximum' };

const optax: Dialect = {
  where: (test, then, otherwise) => `jnp.where(${test}, ${then}, ${otherwise})`,
  and: (a, b) => `(${a} & ${b})`,
  or: (a, b) => `(${a} | ${b})`,
  not: (a) => `(~${a})`,
  // minimum and maximum take two.
  call: (name, args) =>
    args.length === 3
      ? `jnp.${jaxNames[name]}(jnp.${jaxNames[name]}(${args[0]}, ${args[1]}), ${args[2]})`
      : `jnp.${jaxNames[name] ?? name}(${args.join(', ')})`,
};

function builderOf(dialect: Dialect): FormulaBuilder<Code> {
  const { where } = dialect;
  const truth = ({ value, test }: Code) => test ?? `(${value} != 0)`;
  const asNumber = (test: string): Code => ({ value: where(test, '1.0', '0.0'), test });
  return {
    number: (value) => ({ value: String(value) }),
    variable: (name) => ({ value: name === 'z' ? '(t / T)' : name }),
    negate: ({ value }) => ({ value: `(-${value})` }),
    not: (value) => asNumber(dialect.not(truth(value))),
    condition: (test, then, otherwise) => ({
      value: where(truth(test), then.value, otherwise.value),
    }),
    binary(operator, left, right) {
      switch (operator) {
        case '&&':
          return asNumber(dialect.and(truth(left), truth(right)));
        case '||':
          return asNumber(dialect.or(truth(left), truth(right)));
        case '+':
        case '-':
        case '*':
        case '/':
          return { value: `(${left.value} ${operator} ${right.value})` };
        case '^':
          return { value: `(${left.value} ** ${right.value})` };
        default:
          return asNumber(`(${left.value} ${operator} ${right.value})`);
      }
    },
    call(name, args) {
      const [a, b, c] = args.map(({ value }) => value);
      switch (name) {
        case 'ln':
          return { value: dialect.call('log', [a]) };
        case 'pow':
          return { value: `(${a} ** ${b})` };
        case 'round':
          return { value: dialect.call('floor', [`${a} + 0.5`]) };
        case 'mod':
          return { value: `(${a} - ${b} * ${dialect.call('floor', [`${a} / ${b}`])})` };
        case 'clamp':
          return { value: dialect.call('min', [c, dialect.call('max', [b, a])]) };
        case 'if':
          return { value: where(truth(args[0]), b, c) };
        default:
          return {
            value: dialect.call(
              name,
              args.map(({ value }) => value),
            ),
          };
      }
    },
  };
}

/** Most rows of a curve that is written as a table. */
const MOST_ROWS = 1000;

/** The body of the function `multiple(t)`, and what it needs before it. */
function multipleCode(
  { schedule, steps }: Instance,
  framework: Framework,
): Result<{ before: string[]; value: string }> {
  const formula = scheduleFormula(schedule, steps);
  if (formula !== null) {
    const code = readFormula(formula, builderOf(framework === 'torch' ? torch : optax));
    if (!code.ok) return code;
    return ok({ before: [], value: code.value.value });
  }
  const rates = learningRates(schedule, steps).map((rate) => rate / schedule.peak);
  const at = simplify(rates, 1e-9, MOST_ROWS);
  const before = [
    `STEPS = [${at.join(', ')}]`,
    `VALUES = [${at.map((t) => Number(rates[t].toPrecision(12))).join(', ')}]`,
  ];
  if (framework === 'optax')
    return ok({ before, value: 'jnp.interp(t, jnp.array(STEPS), jnp.array(VALUES))' });
  return ok({
    before: [
      ...before,
      '',
      '',
      'def interpolate(t):',
      '    i = min(max(bisect.bisect_right(STEPS, t) - 1, 0), len(STEPS) - 2)',
      '    share = (t - STEPS[i]) / (STEPS[i + 1] - STEPS[i])',
      '    return VALUES[i] + (VALUES[i + 1] - VALUES[i]) * min(max(share, 0.0), 1.0)',
    ],
    value: 'interpolate(t)',
  });
}

/** The library's own schedule, where it is the same. */
function nativeName(body: Body, steps: number, peak: number, framework: Framework): string | null {
  const isTorch = framework === 'torch';
  switch (body.kind) {
    case 'constant':
      return isTorch ? null : `optax.constant_schedule(${peak})`;
    case 'linear':
      return isTorch
        ? body.final === 0
          ? `LinearLR(optimizer, start_factor=1.0, end_factor=0.0, total_iters=${steps})`
          : `LinearLR(optimizer, start_factor=1.0, end_factor=${body.final}, total_iters=${steps})`
        : `optax.linear_schedule(${peak}, ${peak * body.final}, ${steps})`;
    case 'polynomial':
      return isTorch
        ? body.final === 0
          ? `PolynomialLR(optimizer, total_iters=${steps}, power=${body.power})`
          : null
        : `optax.polynomial_schedule(${peak}, ${peak * body.final}, ${body.power}, ${steps})`;
    case 'cosine':
      return isTorch
        ? `CosineAnnealingLR(optimizer, T_max=${steps}, eta_min=${peak * body.final})`
        : `optax.cosine_decay_schedule(${peak}, ${steps}, alpha=${body.final})`;
    case 'exponential':
      return isTorch
        ? `ExponentialLR(optimizer, gamma=${body.final} ** (1 / ${steps}))`
        : `optax.exponential_decay(${peak}, ${steps}, ${body.final})`;
    default:
      return null;
  }
}

/** Drops that depend on the run, which either library has of its own. */
function plateauCode({ schedule }: Instance, framework: Framework): Result<string[]> {
  if (schedule.body.kind !== 'plateau') return ok([]);
  const { factor, patience, threshold, floor, every } = schedule.body;
  if (framework === 'optax')
    return ok([
      '',
      '',
      '# Give the loss as update(grads, state, params, value=loss).',
      'plateau = optax.contrib.reduce_on_plateau(',
      `    factor=${factor}, patience=${patience}, rtol=${threshold}, atol=0.0,`,
      `    accumulation_size=${every}, min_scale=${floor},`,
      ')',
      'optimizer = optax.chain(optax.sgd(schedule), plateau)',
    ]);
  if (schedule.warmup.steps > 0 || schedule.cooldown.steps > 0)
    return fail({
      message: 'PyTorch’s ReduceLROnPlateau takes no warm-up or cooldown beside it.',
      hint: 'Remove them, or export to optax.',
    });
  return ok([
    '',
    '',
    'def make_plateau(optimizer):',
    `    """Call .step(mean training loss) after every ${every} steps, in place of the scheduler's."""`,
    '    return ReduceLROnPlateau(',
    `        optimizer, factor=${factor}, patience=${patience}, threshold=${threshold},`,
    `        min_lr=${floor * schedule.peak},`,
    '    )',
  ]);
}

/**
 * A Python module with the schedule: for torch `make_scheduler(optimizer)`, for optax `schedule(step)`;
 * both also have `multiple(t)`; typed code is written as a table of its values. Fails for AutoLRS,
 * which neither has, and for code that has not been run.
 */
export function schedulePython(instance: Instance, framework: Framework): Result<string> {
  const { schedule, steps } = instance;
  const { body, warmup, cooldown, peak } = schedule;
  if (body.kind === 'autolrs')
    return fail({
      message: 'AutoLRS trains copies of the model; it cannot be written as a schedule.',
    });
  if (!isEvaluated(body, steps)) return fail(NOT_EVALUATED);
  const code = multipleCode(instance, framework);
  if (!code.ok) return code;
  const plateau = plateauCode(instance, framework);
  if (!plateau.ok) return plateau;
  const { before, value } = code.value;
  const native =
    warmup.steps === 0 && cooldown.steps === 0 ? nativeName(body, steps, peak, framework) : null;
  const usesTable = before.length > 0;
  const own = native ? [`# The same as ${native}.`] : [];
  const lines =
    framework === 'torch'
      ? [
          usesTable ? 'import bisect' : 'import math',
          '',
          `from torch.optim.lr_scheduler import LambdaLR${plateau.value.length > 0 ? ', ReduceLROnPlateau' : ''}`,
          '',
          `PEAK = ${peak}  # the lr to make the optimizer with`,
          `T = ${steps}`,
          ...before,
          '',
          '',
          ...own,
          'def multiple(t):',
          '    """Learning rate of step t = 0 ... T, as a multiple of PEAK."""',
          '    t = min(t, T)',
          `    return ${value}`,
          '',
          '',
          'def make_scheduler(optimizer):',
          '    """Call .step() after each optimizer.step()."""',
          '    return LambdaLR(optimizer, lr_lambda=multiple)',
        ]
      : [
          'import jax.numpy as jnp',
          'import optax',
          '',
          `PEAK = ${peak}`,
          `T = ${steps}`,
          ...before,
          '',
          '',
          'def multiple(t):',
          '    """Learning rate of step t = 0 ... T, as a multiple of PEAK."""',
          '    t = jnp.minimum(t, T)',
          `    return ${value} * jnp.ones_like(t, dtype=float)`,
          '',
          '',
          ...own,
          'def schedule(step):',
          '    """For any optimizer, e.g. optax.adamw(learning_rate=schedule)."""',
          '    return PEAK * multiple(step)',
        ];
  return ok(`${[...lines, ...plateau.value].join('\n')}\n`);
}
