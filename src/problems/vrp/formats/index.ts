export { cordeau } from './cordeau.ts';
export { cvrplib } from './cvrplib.ts';
export { geojson } from './geojson.ts';
export { liLim } from './li-lim.ts';
export { matrixCsv } from './matrix-csv.ts';
export { osrm } from './osrm.ts';
export { sol } from './sol.ts';
export { solomon } from './solomon.ts';
