import { json } from './json.ts';
import { standard } from './standard.ts';
import { startTimes } from './starts.ts';
import { taillardText } from './taillard.ts';

export const formats = [standard, taillardText, json] as const;
export const solutionFormats = [startTimes] as const;
