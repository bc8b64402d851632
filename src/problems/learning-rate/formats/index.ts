import type { InstanceFormat } from '../../family.ts';
import type { Instance } from '../instance.ts';
import { csv } from './csv.ts';
import { optax, pytorch } from './python.ts';

export const formats: readonly InstanceFormat<Instance>[] = [csv, pytorch, optax];
