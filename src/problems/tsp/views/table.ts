/** The tour as a table: one row per city in order of visit. */
import type { DataTable } from '../../views.ts';
import { cityCount, cityName, distanceOf, isGeographic } from '../instance.ts';
import { tourFromFirst, type TspFrame } from './tour.ts';

export function table(frame: TspFrame): DataTable {
  const { instance } = frame;
  const n = cityCount(instance);
  const tour = tourFromFirst(frame);
  const distance = tour ? distanceOf(instance) : null;
  const cityAt = (row: number) => (tour ? tour[row] : row);
  const placed = instance.cities.length > 0;
  const [first, second] = isGeographic(instance.metric) ? ['Latitude', 'Longitude'] : ['x', 'y'];
  /** Length up to and with each row's leg. */
  const along = new Float64Array(tour ? n : 0);
  if (tour && distance) {
    let length = 0;
    for (let row = 0; row < n; row++) {
      const last = row + 1 === n;
      if (!last || !instance.open) length += distance(tour[row], tour[last ? 0 : row + 1]);
      along[row] = length;
    }
  }
  const round = (value: number) => Math.round(value * 100) / 100;
  const columns: { id: string; label: string; numeric?: boolean }[] = [
    { id: 'stop', label: 'Stop', numeric: true },
    { id: 'city', label: 'City' },
    ...(placed
      ? [
          { id: 'first', label: first, numeric: true },
          { id: 'second', label: second, numeric: true },
        ]
      : []),
    { id: 'leg', label: 'To next', numeric: true },
    { id: 'along', label: 'So far', numeric: true },
  ];
  return {
    caption: tour
      ? `Tour of ${instance.name}, from the first city on`
      : `Cities of ${instance.name}; no tour yet`,
    columns,
    rows: n,
    cell(row, column) {
      const city = cityAt(row);
      switch (columns[column].id) {
        case 'stop':
          return tour ? row + 1 : '–';
        case 'city':
          return cityName(instance, city);
        case 'first':
          return instance.cities[city][0];
        case 'second':
          return instance.cities[city][1];
        case 'leg':
          return tour && !(instance.open && row + 1 === n)
            ? round(along[row] - (row > 0 ? along[row - 1] : 0))
            : '–';
        default:
          return tour ? round(along[row]) : '–';
      }
    },
    element: (row) => `city:${cityAt(row)}`,
  };
}
