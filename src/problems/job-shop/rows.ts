/** Instances written as facts. */
import type { JobShopInstance, Operation } from './instance.ts';

/** `n m`, then n lines of m pairs; our own data only. */
export function readRows(name: string, data: string): JobShopInstance {
  const [sizes, ...lines] = data.trim().split('\n');
  const machines = Number(sizes.trim().split(' ')[1]);
  const jobs = lines.map((line) => {
    const numbers = line.trim().split(' ').map(Number);
    return Array.from({ length: numbers.length / 2 }, (_, k): Operation => [
      numbers[2 * k],
      numbers[2 * k + 1],
    ]);
  });
  return { name, machines, jobs };
}
