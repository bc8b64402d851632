/**
 * Distances of TSPLIB95 (Reinelt 1991), shared by the tour and the routing families.
 */

/** How a planar distance is rounded: to the nearest integer (half up), upwards, or not at all. */
export type Rounding = 'nint' | 'ceil' | 'none';

/** Symmetric distance between two nodes by index. */
export type Distance = (i: number, j: number) => number;

/** EUC_2D ('nint'), CEIL_2D ('ceil') or the plain Euclidean distance ('none'). */
export function planarDistance(x: Float64Array, y: Float64Array, rounding: Rounding): Distance {
  const straight = (i: number, j: number) => {
    const dx = x[i] - x[j];
    const dy = y[i] - y[j];
    return Math.sqrt(dx * dx + dy * dy);
  };
  switch (rounding) {
    case 'nint':
      return (i, j) => Math.floor(straight(i, j) + 0.5);
    case 'ceil':
      return (i, j) => Math.ceil(straight(i, j));
    case 'none':
      return straight;
  }
}

/** ATT, the pseudo-Euclidean distance of att48 and att532. */
export function attDistance(x: Float64Array, y: Float64Array): Distance {
  return (i, j) => {
    const dx = x[i] - x[j];
    const dy = y[i] - y[j];
    const r = Math.sqrt((dx * dx + dy * dy) / 10);
    const t = Math.floor(r + 0.5);
    return t < r ? t + 1 : t;
  };
}

/** TSPLIB's earth: its radius in km and its π, to be used as they are. */
const GEO_RADIUS = 6378.388;
const GEO_PI = 3.141592;

/** DDD.MM (degrees, then minutes as two decimals) to radians with TSPLIB's π; degrees truncated. */
export function geoRadians(value: number): number {
  const degrees = Math.trunc(value);
  const minutes = value - degrees;
  return (GEO_PI * (degrees + (5 * minutes) / 3)) / 180;
}

/** DDD.MM to decimal degrees, for maps. */
export function geoDegrees(value: number): number {
  const degrees = Math.trunc(value);
  return degrees + (5 * (value - degrees)) / 3;
}

/**
 * GEO: whole kilometres on TSPLIB's sphere. `latitude` and `longitude` are DDD.MM.
 *
 * Engines may differ in the last bits of cos and acos. The value is floored, so they agree unless a
 * distance lies within 1e-9 km of a whole number; where equality must be certain, take distances
 * once into a matrix and send that.
 */
export function geoDistance(latitude: Float64Array, longitude: Float64Array): Distance {
  const lat = latitude.map(geoRadians);
  const lon = longitude.map(geoRadians);
  return (i, j) => {
    if (i === j) return 0;
    const q1 = Math.cos(lon[i] - lon[j]);
    const q2 = Math.cos(lat[i] - lat[j]);
    const q3 = Math.cos(lat[i] + lat[j]);
    const cosine = 0.5 * ((1 + q1) * q2 - (1 - q1) * q3);
    return Math.floor(GEO_RADIUS * Math.acos(Math.max(-1, Math.min(1, cosine))) + 1);
  };
}
