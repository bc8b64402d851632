/** Stores to keep filled over some days, own design; the same seeds everywhere. */
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import type { Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { clean, cleanCustomer, type VrpInstance } from './instance.ts';

const params = [
  {
    id: 'customers',
    type: 'number',
    label: 'Customers',
    help: 'How many stores.',
    default: 4,
    min: 1,
    max: 200,
    integer: true,
  },
  {
    id: 'days',
    type: 'number',
    label: 'Days',
    help: 'Days to plan.',
    default: 4,
    min: 1,
    max: 30,
    integer: true,
  },
  {
    id: 'holding',
    type: 'number',
    label: 'Holding cost',
    help: 'Mean cost of a unit in store at the end of a day.',
    default: 0.2,
    min: 0,
    max: 10,
    step: 0.05,
  },
  {
    id: 'shortage',
    type: 'number',
    label: 'Shortage cost',
    help: 'Cost of a unit that is wanted and not there; 0 where nothing may lack.',
    default: 5,
    min: 0,
    max: 1000,
    step: 0.5,
  },
  {
    id: 'past',
    type: 'number',
    label: 'Past days',
    help: 'Days of history, with features, to forecast from; 0 for none.',
    default: 70,
    min: 0,
    max: 1000,
    step: 7,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const SIDE = 100;
const CAPACITY = 150;

/** About normal, mean 0 and deviation 1, in ±3: the sum of twelve uniform numbers less six. */
function aboutNormal(rng: Rng): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += rng.float();
  return Math.max(-3, Math.min(3, sum));
}

/** What is known of a day beforehand: one, is it a weekend, and the weather. */
const featuresOf = (day: number, rng: Rng): number[] => [
  1,
  day % 7 >= 5 ? 1 : 0,
  Math.round(100 * aboutNormal(rng)) / 100 || 0,
];

/**
 * Use relative to its mean: more on weekends and with the weather, but not in a straight line, and
 * less certain in extreme weather. So a linear forecast is wrong by design.
 */
function relativeUse([, weekend, weather]: readonly number[], rng: Rng): number {
  const mean = 0.7 + 0.4 * weekend + 0.15 * weather + 0.15 * weather * weather;
  const spread = 0.1 + 0.15 * Math.abs(weather);
  return Math.max(0, mean + spread * aboutNormal(rng));
}

function generate(values: ParamValues, rng: Rng): VrpInstance {
  const count = Number(values.customers);
  const days = Number(values.days);
  const past = Number(values.past);
  const shortage = Number(values.shortage);
  const places = Array.from({ length: count }, () => ({
    x: rng.int(SIDE + 1),
    y: rng.int(SIDE + 1),
    mean: 10 + rng.int(31),
    holding: Math.round(Number(values.holding) * (0.5 + rng.float()) * 100) / 100,
    start: rng.int(3),
  }));
  const features = Array.from({ length: past + days }, (_, day) => featuresOf(day, rng));
  const uses = features.map((feature) =>
    places.map(({ mean }) => Math.round(mean * relativeUse(feature, rng))),
  );
  const history = {
    features: features.slice(0, past),
    uses: uses.slice(0, past),
    coming: features.slice(past),
  };
  return clean({
    name: `Stores ${count} × ${days}`,
    capacity: CAPACITY,
    rounding: 'nint',
    inventory: {
      days,
      ...(shortage > 0 ? { shortage } : {}),
      ...(past > 0 ? { history } : {}),
    },
    depot: { x: SIDE / 2, y: SIDE / 2 },
    customers: places.map(({ x, y, mean, holding, start }, i) => {
      const use = uses.slice(past).map((row) => row[i]);
      // A day's use always fits, so that nothing need ever lack.
      const most = Math.max(3 * mean, ...use);
      return cleanCustomer({
        x,
        y,
        demand: 0,
        stock: { start: Math.min(most, start * mean), most, holding, use },
      });
    }),
  });
}

export const stockGenerator: InstanceGenerator<VrpInstance> = {
  id: 'stocks',
  name: 'Stores over days',
  summary:
    'Stores that use something every day and are kept filled at the cost of driving and holding.',
  source: 'own, after Archetti et al. 2007',
  params,
  generate,
};
