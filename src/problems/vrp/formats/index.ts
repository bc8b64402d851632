export { cvrplib } from './cvrplib.ts';
export { sol } from './sol.ts';
export { solomon } from './solomon.ts';
