import { standard } from './standard.ts';
import { startTimes } from './starts.ts';
import { taillardText } from './taillard.ts';

export const formats = [standard, taillardText] as const;
export const solutionFormats = [startTimes] as const;
