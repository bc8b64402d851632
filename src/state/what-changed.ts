/** What sets one run apart from another, in a few words. */
import type { RunRecord } from './runs.ts';

/**
 * The differences of `record` against `before`, most telling first: solver, then what the instance
 * says of itself, parameters, seed, budget, workers. Empty when the run was simply repeated.
 */
export function whatChanged(before: RunRecord, record: RunRecord): string[] {
  const changes: string[] = [];
  const tell = (what: string, from: unknown, to: unknown) => {
    if (from !== to && to !== undefined)
      changes.push(from === undefined ? `${what} ${say(to)}` : `${what} ${say(from)} → ${say(to)}`);
  };
  if (record.solverId !== before.solverId)
    changes.push(`${before.solverName} → ${record.solverName}`);
  if (record.instanceHash !== before.instanceHash) {
    const known = new Map(before.facts.map(({ label, value }) => [label, value]));
    const from = changes.length;
    for (const { label, value } of record.facts) tell(label.toLowerCase(), known.get(label), value);
    if (changes.length === from) changes.push('another instance');
  }
  if (record.solverId === before.solverId)
    for (const [id, value] of Object.entries(record.params)) tell(id, before.params[id], value);
  tell('seed', before.seed, record.seed);
  for (const key of ['seconds', 'steps', 'target', 'stall'] as const)
    tell(key, before.budget[key], record.budget[key]);
  tell('workers', before.workers, record.workers);
  return changes;
}

const say = (value: unknown): string => (value === null ? 'none' : String(value));

/** What names a run or a setup among others. */
export interface Named {
  instanceName: string;
  solverName: string;
  facts: readonly { label: string; value: string }[];
  params: Readonly<Record<string, unknown>>;
}

/**
 * A name for each, made of as little as tells them apart: solver, then facts of the instance, then
 * parameters; the instance's name where nothing differs. O(runs · (facts + parameters)).
 */
export function tellApart(all: readonly Named[]): string[] {
  const traits = all.map(
    ({ solverName, facts, params }) =>
      new Map<string, string>([
        ['solver', solverName],
        ...facts.map(({ label, value }): [string, string] => [label, value]),
        ...Object.entries(params).map(([id, value]): [string, string] => [id, say(value)]),
      ]),
  );
  let names = all.map(() => '');
  let kinds = 1;
  for (const key of new Set(traits.flatMap((map) => [...map.keys()]))) {
    const longer = names.map((name, index) => {
      const value = traits[index].get(key);
      // Words speak for themselves, numbers need their name.
      const part = value === undefined ? '' : /^[^a-z]*\d/i.test(value) ? `${key} ${value}` : value;
      return name && part ? `${name}, ${part}` : name || part;
    });
    const found = new Set(longer).size;
    if (found > kinds) {
      names = longer;
      kinds = found;
    }
  }
  return names.map((name, index) => name || all[index].instanceName);
}

/** Equal for runs that differ by their seed only. */
export const seedGroup = ({
  solverId,
  instanceHash,
  params,
  budget,
}: Pick<RunRecord, 'solverId' | 'instanceHash' | 'params' | 'budget'>): string =>
  JSON.stringify([solverId, instanceHash, Object.entries(params).sort(), Object.values(budget)]);
