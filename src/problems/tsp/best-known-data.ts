export const KNOWN = '';
