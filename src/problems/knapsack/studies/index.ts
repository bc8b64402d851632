/** The studies of this family, in the order they are listed. */
import { classes } from './classes.ts';
import type { LabStudy } from './lab.ts';
import { fairness, policies, prediction } from './online.ts';
import { phase } from './phase.ts';

export const studies: readonly LabStudy[] = [phase, classes, policies, fairness, prediction];
