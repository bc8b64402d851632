import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../../src/problems/job-shop/check.ts';
import { pack } from '../../../src/problems/job-shop/instance.ts';
import { jobOfOperation, linearOrder } from '../../../src/problems/job-shop/schedule.ts';
import { anyVariant } from '../../../src/problems/job-shop/test-oracle.ts';
import { createFloor, run } from './floor.ts';
import { clear, createTimetable, objective, putJob } from './timetable.ts';

const shops = fc
  .oneof(anyVariant('blocking'), anyVariant('swap'))
  .filter(
    (instance) => !instance.setups && instance.jobs.flat().every(({ length }) => length === 2),
  );

test('the list of a feasible schedule by start gives one that is no worse', () => {
  fc.assert(
    fc.property(shops, fc.boolean(), (drawn, reversed) => {
      // The timetable knows of no breakdowns.
      const instance = { ...drawn, breakdowns: undefined };
      const packed = pack(instance);
      const table = createTimetable(packed);
      clear(table);
      const jobs = instance.jobs.map((_, job) => job);
      for (const job of reversed ? jobs.reverse() : jobs) putJob(table, job);
      const jobOf = jobOfOperation(packed);
      const floor = createFloor(packed);
      const list = linearOrder(packed, table.starts).map((operation) => jobOf[operation]);
      const reached = run(floor, list);
      expect(reached).toBeLessThanOrEqual(objective(table));
      const report = check(instance, { starts: floor.starts });
      expect(report).toEqual({ feasible: true, objective: reached, violations: [] });
    }),
  );
});

test('any list runs through', () => {
  fc.assert(
    fc.property(shops, fc.infiniteStream(fc.nat(999)), (instance, draws) => {
      const packed = pack(instance);
      const list = [...jobOfOperation(packed)]
        .map((job) => ({ job, key: draws.next().value! }))
        .sort((a, b) => a.key - b.key)
        .map(({ job }) => job);
      const floor = createFloor(packed);
      const reached = run(floor, list);
      const report = check(instance, { starts: floor.starts });
      expect(report).toEqual({ feasible: true, objective: reached, violations: [] });
      // What it recorded leads to the same schedule.
      const starts = floor.starts.slice();
      run(floor, floor.sequence.slice());
      expect(floor.starts).toEqual(starts);
    }),
  );
});
