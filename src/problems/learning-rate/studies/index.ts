/** The studies of this family, in the order they are listed. */
import { algoperf } from './algoperf.ts';
import { autoLrs } from './autolrs.ts';
import { batch } from './batch.ts';
import { spam } from './spam.ts';
import { edge } from './edge.ts';
import { lionBox } from './lion-box.ts';
import { muonBatch } from './muon-batch.ts';
import { rangeTest } from './range-test.ts';
import { budget } from './budget.ts';
import { cooldownSweep } from './cooldown.ts';
import { disagreement } from './disagreement.ts';
import { drop } from './drop.ts';
import type { LabStudy } from './lab.ts';
import { pathPlane } from './path-plane.ts';
import { published } from './published.ts';
import { refine } from './refine.ts';
import { scheduleFree } from './schedule-free.ts';
import { ranking } from './ranking.ts';
import { rateSweep } from './rate-sweep.ts';
import { extension } from './extension.ts';
import { quadraticPanel } from './quadratic-panel.ts';
import { transfer } from './transfer.ts';
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
  quadraticPanel,
  drop,
  cooldownSweep,
  rateSweep,
  ranking,
  transfer,
  extension,
  refine,
  budget,
  disagreement,
  batch,
  rangeTest,
  autoLrs,
  scheduleFree,
  lionBox,
  muonBatch,
  spam,
  edge,
  pathPlane,
  algoperf,
];
