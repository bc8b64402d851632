import type { InstanceFormat } from '../../family.ts';
import type { Instance } from '../instance.ts';
import { csv } from './csv.ts';

export const formats: readonly InstanceFormat<Instance>[] = [csv];
