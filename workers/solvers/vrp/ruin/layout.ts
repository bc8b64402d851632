/**
 * Where a ruin and recreate keeps its state in linear memory, in bytes: constants, so that the
 * kernel's loads carry them in the instruction. Read by the kernel's compiler too: plain integers
 * only. Room is for the largest instances; what a run does not touch costs nothing.
 */

/** What the compiler itself may use comes first. */
export const START = 65536;
/** Customers that fit, and one line more, so that equal indices fall into different cache sets. */
export const CUSTOMERS = 20016;
/** Nodes that fit: the depot, customers, and the ends of as many routes. */
export const NODES = 40048;

/** By node 0 … n: when it opens and closes, how long service takes; demand, distance to the depot. */
export const CUSTOMER = START;
export const CUSTOMER_BYTES = 32;
export const READY = CUSTOMER;
export const DUE = CUSTOMER + 8;
export const SERVICE = CUSTOMER + 16;
export const DEMAND = CUSTOMER + 24;
export const TO_DEPOT = CUSTOMER + 28;

/**
 * By node: neighbours in its route, the legs to them, its route, the step of its last change; place
 * in the route and load up to here, where the route is indexed.
 */
export const NODE = CUSTOMER + CUSTOMERS * CUSTOMER_BYTES;
export const NODE_BYTES = 32;
export const NEXT = NODE;
export const PREV = NODE + 4;
export const LEG = NODE + 8;
export const LEG_BEFORE = NODE + 12;
export const ROUTE_OF = NODE + 16;
export const STAMP = NODE + 20;
export const POSITION = NODE + 24;
export const PREFIX = NODE + 28;

/** By node: earliest and latest start of service. */
export const TIME = NODE + NODES * NODE_BYTES + 64;
export const TIME_BYTES = 16;
export const EARLIEST = TIME;
export const LATEST = TIME + 8;

/** By route: load, customers and duration, and the same of the accepted plan where touched. */
export const ROUTE = TIME + NODES * TIME_BYTES + 192;
export const ROUTE_BYTES = 32;
export const LOAD = ROUTE;
export const COUNT = ROUTE + 4;
export const DURATION = ROUTE + 8;
export const KEPT_LOAD = ROUTE + 16;
export const KEPT_COUNT = ROUTE + 20;
export const KEPT_DURATION = ROUTE + 24;
/** The load of route −1. */
export const NO_ROUTE = LOAD - ROUTE_BYTES;

/** By route: place among the active ones, whether touched, ruined, other than in the best plan. */
export const MARK = ROUTE + CUSTOMERS * ROUTE_BYTES + 320;
export const MARK_BYTES = 16;
export const ACTIVE_AT = MARK;
export const IS_TOUCHED = MARK + 4;
export const IS_RUINED = MARK + 8;
export const DIFFERS = MARK + 12;

/** Lists of customers or routes. */
export const LIST_BYTES = 4 * CUSTOMERS + 448;
export const ACTIVE = MARK + CUSTOMERS * MARK_BYTES;
export const FREE = ACTIVE + LIST_BYTES;
export const TOUCHED = FREE + LIST_BYTES;
export const ABSENT = TOUCHED + LIST_BYTES;
export const MISSING = ABSENT + LIST_BYTES;
export const WAS_MISSING = MISSING + LIST_BYTES;
export const LEFT_OUT = WAS_MISSING + LIST_BYTES;
export const DIFFERING = LEFT_OUT + LIST_BYTES;
export const RUINED = DIFFERING + LIST_BYTES;
export const ROOMY = RUINED + LIST_BYTES;
/** By route: are places and prefix loads of its nodes up to date. */
export const INDEXED = ROOMY + LIST_BYTES;
/** Where strings were cut out: the nodes on both sides. */
export const ENDS = INDEXED + LIST_BYTES;
/** By customer: whoever was touched before and after it, 0 at the ends; NEWER is −1 outside the cache. */
export const OLDER = ENDS + LIST_BYTES;
export const NEWER = OLDER + LIST_BYTES;
/** By customer: its neighbours when it was taken out. */
export const WAS_BEFORE = NEWER + LIST_BYTES;
export const WAS_BEHIND = WAS_BEFORE + LIST_BYTES;
/** Doubles: order of insertion. */
export const KEY = WAS_BEHIND + LIST_BYTES;
/** Successors in the best plan. */
export const BEST_NEXT = KEY + 8 * CUSTOMERS + 64;
/** A plan to load: its routes' customers, a 0 behind each route. */
export const SEQUENCE = BEST_NEXT + 4 * NODES + 64;
/** Nodes as they were before the step: address, route; links and legs; times. */
export const SAVED = SEQUENCE + 4 * NODES + 64;
export const SAVED_BYTES = 48;
/** −ln of evenly spread shares of 1, doubles. */
export const SLACK = SAVED + NODES * SAVED_BYTES;
export const SLACK_BITS = 11;
/** x and y of nodes 0 … n, doubles. */
export const PLACE = SLACK + 8 * 2048 + 128;
/**
 * Nearest customers, nearest first: address of the customer within NODE, plus 1 where one can come
 * behind it in time and 2 where before it; and distance. The matrix of distances lies behind, if
 * there is one.
 */
export const NEAR = PLACE + 16 * CUSTOMERS;

/** How distances come about: from the matrix, or from places by a convention of rounding. */
export const BY_MATRIX = 0;
export const NEAREST_INTEGER = 1;
export const TRUNCATED_TENTHS = 2;
export const SCALED_NEAREST = 3;
export const SCALED_UP = 4;

/**
 * "No place": more than any change of distance where no leg is longer than LONGEST; differences of
 * three such numbers fit into 32 bits.
 */
export const NONE = 0x3fffffff;
export const LONGEST = 0x0fffffff;
/** No leg is so long. */
export const UNBOUNDED = 0x3fffffff;
/** Up to so many routes the ways to and from the depot are looked at for themselves. */
export const MOST_WAYS = 100;
/** Steps between two readings of the longest leg; a power of two. */
export const LEG_PERIOD = 512;
