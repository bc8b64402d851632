/** Validation of robots and their times. */
import { limits } from './instance.ts';
import { isWhole, type Complain } from './schema-common.ts';
import type { Transport } from './transport.ts';

/** O(places²); what is wrong is complained of. */
export function readTransport(
  value: unknown,
  machines: number,
  complain: Complain,
): Transport | undefined {
  const { robots, times, empty, ...others } = (value ?? {}) as Record<string, unknown>;
  const extra = Object.keys(others)[0];
  if (extra !== undefined) complain(['transport', extra.slice(0, 40)], 'Unknown key.');
  if (machines > limits.places) {
    complain(['transport'], `With robots there are at most ${limits.places} machines.`);
    return undefined;
  }
  if (!isWhole(robots, 1, limits.robots)) {
    complain(
      ['transport', 'robots'],
      `The number of robots must be a whole number from 1 to ${limits.robots}.`,
      'Leave "transport" out when jobs need no time between machines.',
    );
    return undefined;
  }
  const loaded = readTable(times, 'times', machines + 1, complain);
  const unladen =
    empty === undefined ? undefined : readTable(empty, 'empty', machines + 1, complain);
  if (!loaded) return undefined;
  return { robots, times: loaded, ...(unladen && { empty: unladen }) };
}

function readTable(
  value: unknown,
  key: string,
  places: number,
  complain: Complain,
): number[][] | undefined {
  const path = ['transport', key];
  if (!Array.isArray(value) || value.length !== places) {
    complain(
      path,
      `There must be ${places} rows of times: one a machine, the last for the station.`,
      'All jobs and robots are at the station at time 0.',
    );
    return undefined;
  }
  const rows: number[][] = [];
  for (let from = 0; from < places; from++) {
    const row: unknown = value[from];
    if (!Array.isArray(row) || row.length !== places) {
      complain([...path, from], `A row must have ${places} times.`);
      return undefined;
    }
    for (let to = 0; to < places; to++)
      if (!isWhole(row[to], 0, from === to ? 0 : limits.duration)) {
        complain(
          [...path, from, to],
          from === to
            ? 'From a place to itself it takes 0.'
            : `A time must be a whole number from 0 to ${limits.duration}.`,
        );
        return undefined;
      }
    rows.push([...(row as number[])]);
  }
  return rows;
}

const table = (description: string) => ({
  type: 'array',
  maxItems: limits.places + 1,
  items: { type: 'array', items: { type: 'integer', minimum: 0, maximum: limits.duration } },
  description,
});

/** Part of the JSON Schema. */
export const transportProperty = {
  type: 'object',
  required: ['robots', 'times'],
  additionalProperties: false,
  description: 'Robots that carry jobs from the station to machines and between these.',
  properties: {
    robots: { type: 'integer', minimum: 1, maximum: limits.robots },
    times: table('With a job: row from, column to; last of both the station.'),
    empty: table('Without a job; the same times when absent.'),
  },
};
