/**
 * Where a local search keeps its state in linear memory, in bytes: constants, so that the kernel's
 * loads carry them in the instruction. Read by the kernel's compiler too: plain integers only.
 */

/** Cities that fit. */
export const MOST_CITIES = 150_000;
/** Edges an exchange takes away at most. */
export const MOST_EDGES = 8;
/** Neighbours per city at most. */
export const MOST_NEIGHBOURS = 32;

/** What the compiler itself may use comes first. Integers and numbers of the search: see below. */
export const CONTROL = 65536;
/** How many ways are followed from each depth. */
export const BREADTH = 65664;
/** The exchange under way: ends of the edges that go, where these are, and which end is the upper. */
export const ENDS = 65792;
export const CUTS = 65856;
export const UPWARD = 65888;
/** Of edges by position: their numbers, places and ranks. */
export const SORTED = 65920;
export const PLACES = 65952;
export const RANK = 65984;
/** Parts in the order of the new tour, and whether they are run backwards. */
export const PARTS = 66016;
export const TURNED = 66048;
/** Ways to go on per depth: gain, city and side, 16 bytes each, twice the neighbours a depth. */
export const WAYS = 66560;
export const WAYS_STRIDE = 1024;
/** Kicks to make, four integers each: a place and three lengths. */
export const KICKS = 81920;
export const MOST_KICKS = 256;

/** Per city, 32 bytes: x, y, its position, whether it is queued, and its two fixed edges. */
export const CITIES = 131072;
/** Cities by position. */
export const TOUR = CITIES + 32 * MOST_CITIES;
/** Cities to look at. */
export const QUEUE = TOUR + 4 * MOST_CITIES + 64;
/** Neighbours, k per city, 16 bytes each: distance and city. The journal follows. */
export const NEIGHBOURS = QUEUE + 4 * MOST_CITIES + 64;

/** Offsets in a city's 32 bytes. */
export const Y = 8;
export const POSITION = 16;
export const QUEUED = 20;
export const FIXED = 24;

/** Places in CONTROL, in integers; the next two are doubles. */
export const N = 0;
export const K = 1;
/** Metric, a `Kind`. */
export const KIND = 2;
/** Edges an exchange takes away at most. */
export const DEPTH = 3;
/** 1 where some edges are never taken away. */
export const HAS_FIXED = 4;
/** Places in CONTROL, in doubles: the tour's length; gains up to this are rounding errors. */
export const LENGTH = 8;
export const TINY = 9;

/** Exchanges of fewer edges than this may be no tour on the way to a larger one that is. */
export const FREE = 4;
/** Neighbours tried behind the first edge that comes. */
export const NARROW = 5;
