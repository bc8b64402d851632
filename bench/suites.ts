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
];
