/** The studies of this family, in the order they are listed. */
import type { LabStudy } from './lab.ts';
import { published } from './published.ts';
import { theoryCooldown } from './theory-cooldown.ts';
import { theoryDrop } from './theory-drop.ts';
import { theoryRanking } from './theory-ranking.ts';
import { theoryTransfer } from './theory-transfer.ts';

export const studies: readonly LabStudy[] = [
  published,
  theoryDrop,
  theoryRanking,
  theoryCooldown,
  theoryTransfer,
];
