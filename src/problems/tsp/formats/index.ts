export { csv } from './csv.ts';
export { json } from './json.ts';
export { tour } from './tour.ts';
export { tsplib } from './tsplib.ts';
