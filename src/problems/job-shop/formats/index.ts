import { fjs } from './fjs.ts';
import { flowShop } from './flow-shop.ts';
import { standard } from './standard.ts';
import { startTimes } from './starts.ts';
import { taillardText } from './taillard.ts';

export const formats = [standard, taillardText, fjs, flowShop] as const;
export const solutionFormats = [startTimes] as const;
