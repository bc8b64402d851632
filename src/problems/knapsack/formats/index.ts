import type { InstanceFormat } from '../../family.ts';
import type { Instance } from '../instance.ts';
import { bpp } from './bpp.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { knappi } from './knappi.ts';
import { kplib } from './kplib.ts';
import { mulkp } from './mulkp.ts';
import { orlib } from './orlib.ts';
import { qkp } from './qkp.ts';

export const formats: readonly InstanceFormat<Instance>[] = [
  kplib,
  orlib,
  knappi,
  mulkp,
  bpp,
  qkp,
  csv,
  json,
];
