export { csv } from './csv.ts';
export { tour } from './tour.ts';
export { tsplib } from './tsplib.ts';
