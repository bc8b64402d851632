import type { InstanceFormat } from '../../family.ts';
import type { Instance } from '../instance.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { knappi } from './knappi.ts';
import { kplib } from './kplib.ts';
import { orlib } from './orlib.ts';

export const formats: readonly InstanceFormat<Instance>[] = [kplib, orlib, knappi, csv, json];
