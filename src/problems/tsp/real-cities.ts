/** The built-in lists of real cities and towns. */
import { CITY_DATA } from './city-data.ts';
import type { TspInstance } from './instance.ts';
import { TOWNS } from './towns-data.ts';

export interface Town {
  name: string;
  /** Decimal degrees. */
  latitude: number;
  longitude: number;
  /** Thousands of people. */
  population: number;
}

export interface RealCity extends Town {
  /** ISO 3166 code, two letters. */
  country: string;
  region: string;
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

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

/** Countries with towns, by ISO 3166 code, sorted by name. */
export const COUNTRIES: readonly { code: string; name: string }[] = Object.keys(TOWNS)
  .map((code) => ({ code, name: countryNames.of(code) ?? code }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** A country's towns of 50,000 people or more, largest first; none for an unknown code. */
export const townsOf = (country: string): Town[] =>
  (TOWNS[country]?.split(';') ?? []).map((text) => {
    const [name, latitude, longitude, population] = text.split('|');
    return {
      name,
      latitude: Number(latitude) / 100,
      longitude: Number(longitude) / 100,
      population: Number(population),
    };
  });

/** An instance of real cities with whole kilometres along the earth. */
export function instanceOf(name: string, cities: readonly Town[]): TspInstance {
  return {
    name,
    metric: 'great-circle-km',
    cities: cities.map((city) => [city.latitude, city.longitude] as const),
    names: cities.map((city) => city.name),
  };
}
