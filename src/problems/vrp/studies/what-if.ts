/** Fewer vehicles against longer ways, and what larger vehicles are worth. */
import { fail, ok } from '../../../core/result.ts';
import type { Finding } from '../../studies.ts';
import { clean, type VrpInstance } from '../instance.ts';
import { isOver, routesOf, showCost, showShare, stepsParam } from './common.ts';
import { levelId, seedsParam, sweepStudy, type Level } from './sweep.ts';

const sumOfDeliveries = ({ customers }: VrpInstance): number =>
  customers.reduce((sum, { demand, backhaul, deliverTo, prize }) => {
    const must = !backhaul && !deliverTo && prize === undefined;
    return must ? sum + demand : sum;
  }, 0);

/** As many vehicles as there are customers: no limit at all. */
const freely = (instance: VrpInstance): number => instance.customers.length;

export const fleetSizeStudy = sweepStudy({
  id: 'fleet-size',
  name: 'Fewer vehicles, longer ways',
  summary:
    'The best plan with as many vehicles as it likes, then with one less, and so on down to the fewest that carry everything: what each vehicle saved costs in distance.',
  source: 'own',
  params: [stepsParam, seedsParam],
  seconds: 10,
  axis: 'Vehicles at most',
  levels(instance, values, outcomes) {
    const free = freely(instance);
    const used = Array.from({ length: Number(values.seeds) }, (_, i) =>
      routesOf(outcomes.get(levelId(free, i + 1))),
    ).filter((routes) => routes > 0);
    if (used.length === 0) return ok([free]);
    const fewest = Math.max(1, Math.ceil(sumOfDeliveries(instance) / instance.capacity));
    const levels: number[] = [];
    for (let count = Math.max(...used); count >= fewest && levels.length < 8; count--)
      if (count !== free) levels.push(count);
    return ok([free, ...levels]);
  },
  change: (instance, value) => clean({ ...instance, vehicles: value }),
  findings(levels, state): Finding[] {
    if (!isOver(state)) return [];
    const found = levels.filter((level): level is Level & { cost: number } => level.cost !== null);
    const free = found.find(({ value }) => value === freely(state.instance));
    const fewest = found.reduce<(typeof found)[number] | null>(
      (low, level) => (!low || level.routes < low.routes ? level : low),
      null,
    );
    if (!free || !fewest) return [];
    const findings: Finding[] = [
      {
        tone: 'measured',
        text: `Left to itself the plan uses ${free.routes} vehicles and costs ${showCost(free.cost, state.instance)}.`,
      },
    ];
    if (fewest.routes < free.routes)
      findings.push({
        tone: 'measured',
        text: `With ${fewest.routes} vehicles it costs ${showCost(fewest.cost, state.instance)}, ${showShare(fewest.cost / free.cost - 1)} more: ${showCost((fewest.cost - free.cost) / (free.routes - fewest.routes), state.instance)} for each vehicle saved.`,
      });
    const none = levels.filter(({ cost }) => cost === null).map(({ value }) => value);
    if (none.length > 0)
      findings.push({
        tone: 'measured',
        text: `No plan was found with ${Math.max(...none)} vehicles or fewer, though the load alone would allow it.`,
      });
    return findings;
  },
});

const FACTORS = [0.6, 0.8, 1, 1.25, 1.5, 2, 3];

export const capacityStudy = sweepStudy({
  id: 'capacity',
  name: 'Larger vehicles',
  summary:
    'The same customers with vehicles from three fifths to three times the size: how distance and routes fall, and when larger vehicles stop paying.',
  source: 'own',
  params: [stepsParam, seedsParam],
  seconds: 10,
  axis: 'Capacity',
  levels(instance) {
    if (instance.fleet)
      return fail({
        message: 'The fleet is mixed, so there is no one capacity to change.',
        hint: 'Open an instance with one type of vehicle.',
      });
    const largest = instance.customers.reduce((most, { demand }) => Math.max(most, demand), 1);
    const levels = FACTORS.map((factor) =>
      Math.max(largest, Math.round(factor * instance.capacity)),
    );
    return ok([...new Set(levels)]);
  },
  change: (instance, value) => clean({ ...instance, capacity: value }),
  findings(levels, state): Finding[] {
    if (!isOver(state)) return [];
    const found = levels.filter((level): level is Level & { cost: number } => level.cost !== null);
    const now = found.find(({ value }) => value === state.instance.capacity);
    const last = found.at(-1);
    if (!now || !last || last === now) return [];
    const findings: Finding[] = [
      {
        tone: 'measured',
        text: `${(last.value / now.value).toFixed(1)} times the capacity takes ${showShare(1 - last.cost / now.cost)} off the cost and needs ${last.routes} routes instead of ${now.routes}.`,
      },
    ];
    const idle = found.find(
      (level, i) => i > 0 && level.value > now.value && level.cost > 0.99 * found[i - 1].cost,
    );
    if (idle)
      findings.push({
        tone: 'measured',
        text: `From ${idle.value} units on, more room is worth less than 1 %.`,
      });
    return findings;
  },
});
