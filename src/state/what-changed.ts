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
