import type { InstanceFormat } from '../../family.ts';
import type { Instance } from '../instance.ts';
import { csv } from './csv.ts';
import { optax, pytorch } from './python.ts';
import { table } from './table.ts';

export const formats: readonly InstanceFormat<Instance>[] = [csv, table, pytorch, optax];
