/** Recognising a published instance by its content, whatever its name. */
import { crc32 } from '../../core/checksum.ts';
import type { JobShopInstance } from './instance.ts';

/** CRC-32 of sizes, routes and durations; the name does not count. O(operations). */
export function fingerprint(instance: JobShopInstance): number {
  const words = [instance.machines, instance.jobs.length];
  for (const job of instance.jobs) {
    words.push(job.length);
    for (const [machine, duration] of job) words.push(machine, duration);
  }
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  return crc32(bytes);
}
