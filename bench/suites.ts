/** What `npm run bench` runs: instances of the public sets, by family. */
import type { FamilyId } from '../src/problems/family.ts';

export interface Case {
  family: FamilyId;
  /** Folder and file in the benchmark folder, or `gallery:FAMILY/ID`. */
  file: string;
  /** Seconds of solving. */
  seconds: number;
  /** The family's default when absent. */
  solver?: string;
}

const cases = (family: FamilyId, folder: string, seconds: number, names: string): Case[] =>
  names.split(' ').map((name) => ({ family, file: `${folder}/${name}`, seconds }));

export const suites: readonly Case[] = [
  ...cases(
    'job-shop',
    'fjsp',
    10,
    'mk02.fjs mk04.fjs mk05.fjs mk06.fjs mk09.fjs mk10.fjs la03_edata.fjs',
  ),
  ...cases(
    'tsp',
    'tsplib',
    5,
    'berlin52.tsp pcb442.tsp gr666.tsp pr1002.tsp pr2392.tsp fnl4461.tsp usa13509.tsp',
  ),
  ...cases('tsp', 'tsplib', 60, 'berlin52.tsp kroA100.tsp pr124.tsp ch150.tsp kroA200.tsp').map(
    (test) => ({ ...test, solver: 'branch-and-cut' }),
  ),
  ...cases(
    'knapsack',
    'knapsack',
    5,
    'knapPI_3_5000_1000_1.kp kplib-02StronglyCorrelated-n10000-R10000-s000.kp kplib-12Circle-n10000-R10000-s000.kp mknapcb1-00.mkp mknapcb5-00.mkp',
  ),
  ...cases(
    'knapsack',
    'knapsack',
    10,
    'mknapcb2-00.mkp mknapcb6-20.mkp mknapcb7-00.mkp mknapcb9-00.mkp mulknap-unc-n100-m5-sim.mulkp mulknap-weak-n060-m6-dis.mulkp mulknap-strong-n100-m5-dis.mulkp',
  ),
];
