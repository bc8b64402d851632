/** The built-in list of real cities. */
import { CITY_DATA } from './city-data.ts';
import type { TspInstance } from './instance.ts';

export interface RealCity {
  name: string;
  /** ISO 3166 code, two letters. */
  country: string;
  region: string;
  /** Decimal degrees. */
  latitude: number;
  longitude: number;
  /** Thousands of people. */
  population: number;
  capital: boolean;
}

export const REGIONS = Object.keys(CITY_DATA);

/** The cities of a region, or of all with `null`, largest first within each region. O(list). */
export function realCities(region: string | null): RealCity[] {
  return REGIONS.filter((each) => region === null || each === region).flatMap((each) =>
    CITY_DATA[each]
      .trim()
      .split(/[;\n]+/)
      .map((text): RealCity => {
        const [name, country, latitude, longitude, population] = text.split('|');
        return {
          name,
          country,
          region: each,
          latitude: Number(latitude),
          longitude: Number(longitude),
          population: parseInt(population, 10),
          capital: population.endsWith('*'),
        };
      }),
  );
}

/** An instance of real cities with whole kilometres along the earth. */
export function instanceOf(name: string, cities: readonly RealCity[]): TspInstance {
  return {
    name,
    metric: 'great-circle-km',
    cities: cities.map((city) => [city.latitude, city.longitude] as const),
    names: cities.map((city) => city.name),
  };
}
