/** The state of the kernel's search, and how it is read: see `layout.ts`. */
import {
  BY_MATRIX,
  DEMAND,
  DUE,
  EARLIEST,
  LATEST,
  LEG,
  NEAREST_INTEGER,
  NEXT,
  PLACE,
  PREV,
  READY,
  ROUTE_OF,
  SAVED,
  SCALED_NEAREST,
  SERVICE,
  TO_DEPOT,
  TRUNCATED_TENTHS,
} from './layout';

/** What a search keeps besides its arrays. */
export class State {
  /** The instance. */
  static n: i32 = 0;
  static size: i32 = 0;
  static near: i32 = 0;
  static reach: i32 = 0;
  static worthwhile: i32 = 0;
  static capacity: i32 = 0;
  static fleet: i32 = 0;
  static timed: bool = false;
  static limited: bool = false;
  static maxDuration: f64 = 0;
  static mode: i32 = 0;
  static scale: f64 = 1;
  static matrix: usize = 0;
  static farthest: f64 = 0;
  static fallback: bool = true;
  /** Options. */
  static meanRemoved: f64 = 0;
  static maxString: f64 = 0;
  static splitDepth: f64 = 0;
  static look: f64 = 1;
  /** The stream of random numbers. */
  static s0: u32 = 0;
  static s1: u32 = 0;
  static s2: u32 = 0;
  static s3: u32 = 0;
  /** The plan. */
  static actives: i32 = 0;
  static frees: i32 = 0;
  static touches: i32 = 0;
  static used: i32 = 0;
  static plannedCost: f64 = 0;
  static longestLeg: i32 = 0;
  static keptUsed: i32 = 0;
  static keptCost: f64 = 0;
  static keptLongest: i32 = 0;
  static absents: i32 = 0;
  static missings: i32 = 0;
  static ruins: i32 = 0;
  static roomies: i32 = 0;
  static differings: i32 = 0;
  static leastCost: f64 = Infinity;
  static stamp: i32 = 0;
  static saved: usize = SAVED;
  static steps: i32 = 0;
  /** Local search: most vertices in the cache (0: none), neighbours looked at. */
  static cacheSize: i32 = 0;
  static granular: i32 = 0;
  static cached: i32 = 0;
  static ends: i32 = 0;
  /** Additional distance at the place found last. */
  static change: i32 = 0;
}

/** xoshiro128** (Blackman & Vigna 2018). */
export function random(): u32 {
  const result = rotl<u32>(State.s1 * 5, 7) * 9;
  const t = State.s1 << 9;
  State.s2 ^= State.s0;
  State.s3 ^= State.s1;
  State.s1 ^= State.s2;
  State.s0 ^= State.s3;
  State.s2 ^= t;
  State.s3 = rotl<u32>(State.s3, 11);
  return result;
}

/** Uniform in [0, 1). */
export function float(): f64 {
  return <f64>random() * (1.0 / 4294967296.0);
}

export function word(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}

export function setWord(list: usize, i: i32, value: i32): void {
  store<i32>(list + ((<usize>i) << 2), value);
}

export function nodeAt(node: i32): usize {
  return (<usize>node) << 5;
}

export function timeAt(node: i32): usize {
  return (<usize>node) << 4;
}

export function routeAt(route: i32): usize {
  return (<usize>route) << 5;
}

export function markAt(route: i32): usize {
  return (<usize>route) << 4;
}

export function nextOf(node: i32): i32 {
  return load<i32>(nodeAt(node), NEXT);
}

export function prevOf(node: i32): i32 {
  return load<i32>(nodeAt(node), PREV);
}

export function legOf(node: i32): i32 {
  return load<i32>(nodeAt(node), LEG);
}

export function routeOf(node: i32): i32 {
  return load<i32>(nodeAt(node), ROUTE_OF);
}

/** Customer of a node, or 0 for the ends of routes. */
export function placeOf(node: i32): i32 {
  return node <= State.n ? node : 0;
}

export function demandOf(customer: i32): i32 {
  return load<i32>(nodeAt(customer), DEMAND);
}

export function toDepot(customer: i32): i32 {
  return load<i32>(nodeAt(customer), TO_DEPOT);
}

export function readyOf(customer: i32): f64 {
  return load<f64>(nodeAt(customer), READY);
}

export function dueOf(customer: i32): f64 {
  return load<f64>(nodeAt(customer), DUE);
}

export function serviceOf(customer: i32): f64 {
  return load<f64>(nodeAt(customer), SERVICE);
}

export function earliestOf(node: i32): f64 {
  return load<f64>(timeAt(node), EARLIEST);
}

export function latestOf(node: i32): f64 {
  return load<f64>(timeAt(node), LATEST);
}

export function distance(i: i32, j: i32): i32 {
  return State.mode == BY_MATRIX
    ? load<i32>(State.matrix + ((<usize>(i * State.size + j)) << 2))
    : distanceOfPlaces(i, j);
}

export function distanceOfPlaces(i: i32, j: i32): i32 {
  const a = (<usize>i) << 4;
  const b = (<usize>j) << 4;
  const dx = load<f64>(a, PLACE) - load<f64>(b, PLACE);
  const dy = load<f64>(a, PLACE + 8) - load<f64>(b, PLACE + 8);
  const way = sqrt<f64>(dx * dx + dy * dy);
  if (State.mode == NEAREST_INTEGER) return <i32>floor<f64>(way + 0.5);
  if (State.mode == TRUNCATED_TENTHS) return <i32>floor<f64>(10 * way);
  if (State.mode == SCALED_NEAREST) return <i32>floor<f64>(State.scale * way + 0.5);
  return <i32>ceil<f64>(State.scale * way);
}
