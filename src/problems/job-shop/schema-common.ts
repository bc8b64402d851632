/** What the parts of validation share. */

export const maxIssues = 20;

export const isWhole = (value: unknown, min: number, max: number): value is number =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

/** Notes what is wrong and where, with a hint what to do. */
export type Complain = (path: (string | number)[], message: string, hint?: string) => void;
