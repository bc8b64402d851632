/**
 * Lin–Kernighan moves on an array tour: what `twin.ts` and `array-tour.ts` do in TypeScript, number
 * for number. The state lies where `layout.ts` says; the caller prepares it and reads it back.
 */
import {
  BREADTH,
  CITIES,
  CONTROL,
  CUTS,
  DEPTH,
  ENDS,
  FIXED,
  FREE,
  HAS_FIXED,
  K,
  KICKS,
  KIND,
  LENGTH,
  N,
  NARROW,
  NEIGHBOURS,
  PARTS,
  PLACES,
  POSITION,
  QUEUE,
  QUEUED,
  RANK,
  SORTED,
  TINY,
  TOUR,
  TURNED,
  UPWARD,
  WAYS,
  WAYS_STRIDE,
  Y,
} from './layout';

let n: i32 = 0;
let k: i32 = 0;
let kind: i32 = 0;
let depth: i32 = 0;
let hasFixed: bool = false;
let narrow: i32 = 0;
let length: f64 = 0;
let tiny: f64 = 0;
/** The queue of cities to look at, first in first out. */
let head: i32 = 0;
let waiting: i32 = 0;
/** Edges of the exchange last asked about. */
let size: i32 = 0;
/** The journal: overwritten stretches of the tour, each followed by its first position and length. */
let journal: usize = 0;
let used: i32 = 0;

function setting(field: i32): i32 {
  return load<i32>((<usize>field) << 2, CONTROL);
}
function cityOf(city: i32): usize {
  return (<usize>city) << 5;
}
function tourAt(at: i32): i32 {
  return load<i32>((<usize>at) << 2, TOUR);
}
function positionOf(city: i32): i32 {
  return load<i32>(cityOf(city), CITIES + POSITION);
}
function put(at: i32, city: i32): void {
  store<i32>((<usize>at) << 2, city, TOUR);
  store<i32>(cityOf(city), at, CITIES + POSITION);
}
function after(at: i32): i32 {
  return at + 1 == n ? 0 : at + 1;
}
function before(at: i32): i32 {
  return at == 0 ? n - 1 : at - 1;
}
function cutOf(edge: i32): i32 {
  return load<i32>((<usize>edge) << 2, CUTS);
}
function setCut(edge: i32, cut: i32): void {
  store<i32>((<usize>edge) << 2, cut, CUTS);
}
function upwardOf(edge: i32): i32 {
  return load<i32>((<usize>edge) << 2, UPWARD);
}
function endOf(i: i32): i32 {
  return load<i32>((<usize>i) << 2, ENDS);
}
function setEnd(i: i32, city: i32): void {
  store<i32>((<usize>i) << 2, city, ENDS);
}
function placeOf(i: i32): i32 {
  return load<i32>((<usize>i) << 2, PLACES);
}
function sortedAt(i: i32): i32 {
  return load<i32>((<usize>i) << 2, SORTED);
}
function partAt(i: i32): i32 {
  return load<i32>((<usize>i) << 2, PARTS);
}
function turnedAt(i: i32): i32 {
  return load<i32>((<usize>i) << 2, TURNED);
}
function journalAt(i: i32): i32 {
  return load<i32>(journal + ((<usize>i) << 2));
}
function note(i: i32, value: i32): void {
  store<i32>(journal + ((<usize>i) << 2), value);
}

function distance(a: i32, b: i32): f64 {
  const from = cityOf(a);
  const to = cityOf(b);
  const dx = load<f64>(from, CITIES) - load<f64>(to, CITIES);
  const dy = load<f64>(from, CITIES + Y) - load<f64>(to, CITIES + Y);
  if (kind == 3) {
    const r = Math.sqrt((dx * dx + dy * dy) / 10);
    const t = Math.floor(r + 0.5);
    return t < r ? t + 1 : t;
  }
  const d = Math.sqrt(dx * dx + dy * dy);
  return kind == 0 ? Math.floor(d + 0.5) : kind == 1 ? Math.ceil(d) : d;
}

function isFixed(a: i32, b: i32): bool {
  return (
    hasFixed &&
    (load<i32>(cityOf(a), CITIES + FIXED) == b || load<i32>(cityOf(a), CITIES + FIXED + 4) == b)
  );
}

/** Reads the settings. Cities, their fixed edges and neighbours must be there. */
export function prepare(): void {
  n = setting(N);
  k = setting(K);
  kind = setting(KIND);
  depth = setting(DEPTH);
  hasFixed = setting(HAS_FIXED) == 1;
  narrow = min(k, NARROW);
  journal = NEIGHBOURS + ((<usize>n * <usize>k) << 4);
  head = 0;
  waiting = 0;
  used = 0;
  for (let city = 0; city < n; city++) store<i32>(cityOf(city), 0, CITIES + QUEUED);
}

/** Takes over the tour in TOUR. O(n). */
export function assign(isIntegral: bool): void {
  for (let at = 0; at < n; at++) store<i32>(cityOf(tourAt(at)), at, CITIES + POSITION);
  length = 0;
  for (let at = 0; at < n; at++) length += distance(tourAt(at), tourAt(after(at)));
  tiny = isIntegral ? 0 : (1e-9 * length) / <f64>n;
  used = 0;
  tell();
}

function tell(): void {
  store<f64>(CONTROL + (LENGTH << 3), length);
  store<f64>(CONTROL + (TINY << 3), tiny);
}

/** Queues all cities in the order of the tour. O(n). */
export function lookAtAll(): void {
  memory.copy(QUEUE, TOUR, (<usize>n) << 2);
  for (let city = 0; city < n; city++) store<i32>(cityOf(city), 1, CITIES + QUEUED);
  head = 0;
  waiting = n;
}

export function look(city: i32): void {
  if (load<i32>(cityOf(city), CITIES + QUEUED) == 1) return;
  store<i32>(cityOf(city), 1, CITIES + QUEUED);
  let at = head + waiting;
  if (at >= n) at -= n;
  store<i32>((<usize>at) << 2, city, QUEUE);
  waiting++;
}

function sortCuts(count: i32): void {
  for (let e = 0; e < count; e++) {
    const cut = cutOf(e);
    let at = e;
    while (at > 0 && placeOf(at - 1) > cut) {
      store<i32>((<usize>at) << 2, placeOf(at - 1), PLACES);
      store<i32>((<usize>at) << 2, sortedAt(at - 1), SORTED);
      at--;
    }
    store<i32>((<usize>at) << 2, cut, PLACES);
    store<i32>((<usize>at) << 2, e, SORTED);
  }
  size = count;
}

/** Do the exchanged edges make one tour? */
function closes(count: i32): bool {
  sortCuts(count);
  for (let at = 0; at < count; at++) store<i32>((<usize>sortedAt(at)) << 2, at, RANK);
  let part = 0;
  let backwards = false;
  for (let visited = 0; visited < count;) {
    store<i32>((<usize>visited) << 2, part, PARTS);
    store<i32>((<usize>visited) << 2, backwards ? 1 : 0, TURNED);
    visited++;
    const at = backwards ? part : part + 1 == count ? 0 : part + 1;
    const edge = sortedAt(at);
    const isFirst = (upwardOf(edge) == 1) == backwards;
    const to = isFirst ? (edge == 0 ? count - 1 : edge - 1) : edge + 1 == count ? 0 : edge + 1;
    const upper = (upwardOf(to) == 1) != isFirst;
    const there = load<i32>((<usize>to) << 2, RANK);
    backwards = !upper;
    part = upper ? there : there == 0 ? count - 1 : there - 1;
    if (part == 0) return visited == count && !backwards;
  }
  return false;
}

function lengthOf(part: i32): i32 {
  return part + 1 == size ? placeOf(0) + n - placeOf(part) : placeOf(part + 1) - placeOf(part);
}

/** Room in the journal for so many more integers. */
function makeRoom(count: i32): void {
  const end = journal + ((<usize>(used + count)) << 2);
  const room = (<usize>memory.size()) << 16;
  if (end > room) memory.grow(<i32>((2 * (end - room)) >> 16) + 16);
}

/** Makes the exchange last asked about: all but its longest part are rewritten. */
function exchange(): void {
  let longest = 0;
  let most = 0;
  for (let at = 0; at < size; at++) {
    const long = lengthOf(partAt(at));
    if (long > most) {
      most = long;
      longest = at;
    }
  }
  const count = n - most;
  makeRoom(count + 2);
  const lastPart = partAt(longest);
  const last = lastPart + 1 == size ? placeOf(0) : placeOf(lastPart + 1);
  const start = last + 1 == n ? 0 : last + 1;
  const first = min(count, n - start);
  memory.copy(journal + ((<usize>used) << 2), TOUR + ((<usize>start) << 2), (<usize>first) << 2);
  if (first < count)
    memory.copy(journal + ((<usize>(used + first)) << 2), TOUR, (<usize>(count - first)) << 2);
  const forwards = turnedAt(longest) == 0;
  let to = start;
  for (let step = 1; step < size; step++) {
    let index = forwards ? longest + step : longest - step;
    if (index >= size) index -= size;
    else if (index < 0) index += size;
    const part = partAt(index);
    const long = lengthOf(part);
    let from = placeOf(part) + 1 - start;
    if (from < 0) from += n;
    else if (from >= n) from -= n;
    from += used;
    if ((turnedAt(index) == 0) == forwards) {
      for (const end = from + long; from < end; from++) {
        put(to, journalAt(from));
        if (++to == n) to = 0;
      }
    } else {
      for (let at = from + long - 1; at >= from; at--) {
        put(to, journalAt(at));
        if (++to == n) to = 0;
      }
    }
  }
  used += count;
  note(used++, start);
  note(used++, count);
}

/** Takes back all exchanges since the journal was emptied. */
function undo(): void {
  while (used > 0) {
    const count = journalAt(--used);
    let to = journalAt(--used);
    used -= count;
    for (let from = used; from < used + count; from++) {
      put(to, journalAt(from));
      if (++to == n) to = 0;
    }
  }
}

/** Lists the ways on, longest remaining gain first; returns how many. */
function collect(edges: i32, end: i32, gain: f64, first: usize, most: i32): i32 {
  const endAt = positionOf(end);
  const next = tourAt(after(endAt));
  const previous = tourAt(before(endAt));
  const t1 = endOf(0);
  let found = 0;
  const start = (<usize>end * <usize>k) << 4;
  const stop = start + ((<usize>(edges == 1 ? k : narrow)) << 4);
  for (let near = start; near < stop; near += 16) {
    const left = gain - load<f64>(near, NEIGHBOURS);
    if (left <= tiny) break;
    const city = load<i32>(near, NEIGHBOURS + 8);
    if (city == next || city == previous) continue;
    const at = positionOf(city);
    for (let side = 0; side < 2; side++) {
      const cut = side == 0 ? at : before(at);
      let known = false;
      for (let e = 0; e < edges; e++) if (cutOf(e) == cut) known = true;
      if (known) continue;
      const other = tourAt(side == 0 ? after(at) : cut);
      if (other == t1 || isFixed(city, other)) continue;
      const value = left + distance(city, other);
      let way = first + ((<usize>found) << 4);
      if (found < most) found++;
      else {
        way -= 16;
        if (load<f64>(way) >= value) continue;
      }
      while (way > first && load<f64>(way - 16) < value) {
        store<f64>(way, load<f64>(way - 16));
        store<i64>(way + 8, load<i64>(way - 8));
        way -= 16;
      }
      store<f64>(way, value);
      store<i32>(way + 8, city);
      store<i32>(way + 12, side);
    }
  }
  return found;
}

/** Goes on from an exchange of which `edges` go and one fewer come, by an edge from `end`. */
function extend(edges: i32, end: i32, gain: f64): bool {
  const first = WAYS + <usize>((edges - 1) * WAYS_STRIDE);
  const breadth = load<i32>((<usize>(edges - 1)) << 2, BREADTH);
  const found = collect(edges, end, gain, first, edges + 1 < FREE ? breadth : 2 * k);
  const t1 = endOf(0);
  const more = edges + 1;
  let followed = 0;
  const stop = first + ((<usize>found) << 4);
  for (let way = first; way < stop; way += 16) {
    const city = load<i32>(way + 8);
    const side = load<i32>(way + 12);
    const at = positionOf(city);
    const cut = side == 0 ? at : before(at);
    const other = tourAt(side == 0 ? after(at) : cut);
    setEnd(2 * edges, city);
    setEnd(2 * edges + 1, other);
    setCut(edges, cut);
    store<i32>((<usize>edges) << 2, side, UPWARD);
    const left = load<f64>(way);
    const closed = left - distance(other, t1);
    if (closed > tiny) {
      if (closes(more)) {
        exchange();
        length -= closed;
        for (let e = 0; e < 2 * more; e++) look(endOf(e));
        return true;
      }
      if (more >= FREE) continue;
    } else if (more >= FREE && !closes(more)) continue;
    if (more < depth && extend(more, other, left)) return true;
    if (++followed == breadth) return false;
  }
  return false;
}

/** The first improving exchange that takes away an edge at t1; true when one was made. */
function improve(t1: i32): bool {
  const at = positionOf(t1);
  setEnd(0, t1);
  for (let side = 0; side < 2; side++) {
    const cut = side == 0 ? at : before(at);
    setCut(0, cut);
    store<i32>(0, side, UPWARD);
    const t2 = tourAt(side == 0 ? after(at) : cut);
    if (isFixed(t1, t2)) continue;
    setEnd(1, t2);
    if (extend(1, t2, distance(t1, t2))) return true;
  }
  return false;
}

function improveAll(moves: i32, forGood: bool): i32 {
  let made = 0;
  while (waiting > 0 && made < moves) {
    const city = load<i32>((<usize>head) << 2, QUEUE);
    if (improve(city)) {
      made++;
      if (forGood) used = 0;
      continue;
    }
    if (++head == n) head = 0;
    waiting--;
    store<i32>(cityOf(city), 0, CITIES + QUEUED);
  }
  return made;
}

/** Up to so many improving moves; returns how many. */
export function descend(moves: i32): i32 {
  used = 0;
  const made = improveAll(moves, true);
  tell();
  return made;
}

/** The kicks in KICKS, one after the other, each taken back when the tour got longer. */
export function kick(count: i32, slack: f64): void {
  for (let i = 0; i < count; i++) kickOnce((<usize>i) << 4, slack);
  tell();
}

function kickOnce(draws: usize, slack: f64): void {
  let at = load<i32>(draws, KICKS);
  for (let e = 0; e < 4; e++) {
    if (e > 0) at += load<i32>(draws + ((<usize>e) << 2), KICKS);
    if (at >= n) at -= n;
    setCut(e, at);
  }
  for (let e = 0; e < 4; e++) if (isFixed(tourAt(cutOf(e)), tourAt(after(cutOf(e))))) return;
  const old = length;
  for (let e = 0; e < 4; e++) {
    const lower = tourAt(cutOf(e));
    const upper = tourAt(after(cutOf(e)));
    const joined = tourAt(after(cutOf((e + 2) & 3)));
    length += distance(lower, joined) - distance(lower, upper);
    look(lower);
    look(upper);
  }
  used = 0;
  sortCuts(4);
  for (let part = 0; part < 4; part++) {
    store<i32>((<usize>part) << 2, part == 0 ? 0 : 4 - part, PARTS);
    store<i32>((<usize>part) << 2, 0, TURNED);
  }
  exchange();
  improveAll(0x7fffffff, false);
  if (length > old + slack) {
    undo();
    length = old;
  }
}
