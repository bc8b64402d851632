/**
 * Minimum weight perfect matchings of complete graphs by Edmonds' blossom algorithm (1965), with
 * dual variables and blossoms kept between stages: O(n³) time, O(n²) memory.
 */

/** Multiples of this of the longest distance are told apart. */
const STEPS = 2 ** 36;

/**
 * The partner of every node. Yields between parts. Distances that are no whole numbers are rounded
 * to 2^−36 of the longest.
 * @param n even.
 * @param distance symmetric, at least 0.
 */
export function* perfectMatching(
  n: number,
  distance: (i: number, j: number) => number,
  integral: boolean,
): Generator<number, Int32Array, void> {
  let longest = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) longest = Math.max(longest, distance(i, j));
  const scale = integral || longest === 0 ? 1 : STEPS / longest;
  // Nodes are 1 … n, blossoms n + 1 …; 0 is none. The matching of the largest sum of
  // (longest − d) is sought.
  const size = n + (n >> 1) + 2;
  const high = 2 * Math.round(longest * scale) + 2;
  const weight = new Float64Array((n + 1) * (n + 1));
  for (let i = 1; i <= n; i++)
    for (let j = 1; j <= n; j++)
      // Even weights, so that all duals stay whole numbers.
      if (i !== j)
        weight[i * (n + 1) + j] = 2 * (high - Math.round(distance(i - 1, j - 1) * scale));

  // The edge by which node or blossom u reaches v best: from `tail` to `head`; head 0 is none.
  const tail = new Int32Array(size * size);
  const head = new Int32Array(size * size);
  const dual = new Float64Array(size);
  const mate = new Int32Array(size);
  const slack = new Int32Array(size);
  const top = new Int32Array(size);
  const pred = new Int32Array(size);
  /** −1 not reached, 0 outer, 1 inner. */
  const kind = new Int8Array(size).fill(-1);
  const seen = new Int32Array(size);
  const inner: number[][] = Array.from({ length: size }, () => []);
  /** By blossom and node: the child that holds the node. */
  const child = new Int32Array(size * (n + 1));
  let queue: number[] = [];
  let last = n;
  let clock = 0;

  for (let u = 1; u <= n; u++) {
    top[u] = u;
    child[u * (n + 1) + u] = u;
    for (let v = 1; v <= n; v++) {
      tail[u * size + v] = u;
      head[u * size + v] = v === u ? 0 : v;
    }
  }
  dual.fill(weight.reduce((most, value) => Math.max(most, value), 0) / 2, 1, n + 1);

  const gap = (u: number, v: number): number => {
    const [a, b] = [tail[u * size + v], head[u * size + v]];
    return dual[a] + dual[b] - weight[a * (n + 1) + b];
  };
  const exists = (u: number, v: number): boolean => head[u * size + v] > 0;

  function keepSlack(u: number, x: number): void {
    if (slack[x] === 0 || gap(u, x) < gap(slack[x], x)) slack[x] = u;
  }
  function findSlack(x: number): void {
    slack[x] = 0;
    for (let u = 1; u <= n; u++)
      if (exists(u, x) && top[u] !== x && kind[top[u]] === 0) keepSlack(u, x);
  }
  function enqueue(x: number): void {
    if (x <= n) queue.push(x);
    else for (const each of inner[x]) enqueue(each);
  }
  function setTop(x: number, b: number): void {
    top[x] = b;
    if (x > n) for (const each of inner[x]) setTop(each, b);
  }
  /** The place of a child in its blossom, the cycle turned so that the way to it is even. */
  function placeOf(b: number, x: number): number {
    const at = inner[b].indexOf(x);
    if (at % 2 === 0) return at;
    inner[b] = [inner[b][0], ...inner[b].slice(1).toReversed()];
    return inner[b].length - at;
  }
  function setMate(u: number, v: number): void {
    mate[u] = head[u * size + v];
    if (u <= n) return;
    const a = tail[u * size + v];
    const entry = child[u * (n + 1) + a];
    const at = placeOf(u, entry);
    for (let i = 0; i < at; i++) setMate(inner[u][i], inner[u][i ^ 1]);
    setMate(entry, v);
    inner[u] = [...inner[u].slice(at), ...inner[u].slice(0, at)];
  }
  function augment(from: number, to: number): void {
    let [u, v] = [from, to];
    for (;;) {
      const next = top[mate[u]];
      setMate(u, v);
      if (next === 0) return;
      setMate(next, top[pred[next]]);
      u = top[pred[next]];
      v = next;
    }
  }
  function meeting(a: number, b: number): number {
    clock++;
    let [u, v] = [a, b];
    while (u !== 0 || v !== 0) {
      if (u !== 0) {
        if (seen[u] === clock) return u;
        seen[u] = clock;
        u = top[mate[u]];
        if (u !== 0) u = top[pred[u]];
      }
      [u, v] = [v, u];
    }
    return 0;
  }
  function addBlossom(u: number, base: number, v: number): void {
    let b = n + 1;
    while (b <= last && top[b] !== 0) b++;
    if (b > last) last++;
    dual[b] = 0;
    kind[b] = 0;
    mate[b] = mate[base];
    const left: number[] = [];
    for (let x = u; x !== base;) {
      const y = top[mate[x]];
      left.push(x, y);
      enqueue(y);
      x = top[pred[y]];
    }
    const right: number[] = [];
    for (let x = v; x !== base;) {
      const y = top[mate[x]];
      right.push(x, y);
      enqueue(y);
      x = top[pred[y]];
    }
    inner[b] = [base, ...left.toReversed(), ...right];
    setTop(b, b);
    for (let x = 1; x <= last; x++) {
      head[b * size + x] = 0;
      head[x * size + b] = 0;
    }
    child.fill(0, b * (n + 1), (b + 1) * (n + 1));
    for (const part of inner[b]) {
      for (let x = 1; x <= last; x++) {
        if (!exists(part, x)) continue;
        if (exists(b, x) && gap(part, x) >= gap(b, x)) continue;
        tail[b * size + x] = tail[part * size + x];
        head[b * size + x] = head[part * size + x];
        tail[x * size + b] = tail[x * size + part];
        head[x * size + b] = head[x * size + part];
      }
      for (let x = 1; x <= n; x++)
        if (child[part * (n + 1) + x] !== 0) child[b * (n + 1) + x] = part;
    }
    findSlack(b);
  }
  function expand(b: number): void {
    for (const part of inner[b]) setTop(part, part);
    const entry = child[b * (n + 1) + tail[b * size + pred[b]]];
    const at = placeOf(b, entry);
    for (let i = 0; i < at; i += 2) {
      const [x, y] = [inner[b][i], inner[b][i + 1]];
      pred[x] = tail[y * size + x];
      kind[x] = 1;
      kind[y] = 0;
      slack[x] = 0;
      findSlack(y);
      enqueue(y);
    }
    kind[entry] = 1;
    pred[entry] = pred[b];
    for (let i = at + 1; i < inner[b].length; i++) {
      kind[inner[b][i]] = -1;
      findSlack(inner[b][i]);
    }
    top[b] = 0;
  }
  /** An edge without a gap: grows a tree, closes a blossom, or augments (then true). */
  function follow(a: number, b: number): boolean {
    const [u, v] = [top[a], top[b]];
    if (kind[v] === -1) {
      pred[v] = a;
      kind[v] = 1;
      const w = top[mate[v]];
      slack[v] = 0;
      slack[w] = 0;
      kind[w] = 0;
      enqueue(w);
    } else if (kind[v] === 0) {
      const base = meeting(u, v);
      if (base === 0) {
        augment(u, v);
        augment(v, u);
        return true;
      }
      addBlossom(u, base, v);
    }
    return false;
  }

  let work = 0;
  for (let stage = 0; stage < n / 2; stage++) {
    kind.fill(-1);
    slack.fill(0);
    queue = [];
    for (let x = 1; x <= last; x++)
      if (top[x] === x && mate[x] === 0) {
        pred[x] = 0;
        kind[x] = 0;
        enqueue(x);
      }
    for (let done = false; !done;) {
      for (let at = 0; at < queue.length && !done; at++) {
        const u = queue[at];
        if (kind[top[u]] === 1) continue;
        for (let v = 1; v <= n && !done; v++) {
          if (v === u || top[u] === top[v]) continue;
          if (dual[u] + dual[v] === weight[u * (n + 1) + v]) done = follow(u, v);
          else keepSlack(u, top[v]);
        }
        work += n;
        if (work > 60_000) {
          work = 0;
          yield 0;
        }
      }
      queue = [];
      if (done) break;
      let delta = Infinity;
      for (let b = n + 1; b <= last; b++)
        if (top[b] === b && kind[b] === 1) delta = Math.min(delta, dual[b] / 2);
      for (let x = 1; x <= last; x++)
        if (top[x] === x && slack[x] !== 0) {
          const here = gap(slack[x], x);
          if (kind[x] === -1) delta = Math.min(delta, here);
          else if (kind[x] === 0) delta = Math.min(delta, here / 2);
        }
      for (let u = 1; u <= n; u++) {
        if (kind[top[u]] === 0) dual[u] -= delta;
        else if (kind[top[u]] === 1) dual[u] += delta;
      }
      for (let b = n + 1; b <= last; b++)
        if (top[b] === b) {
          if (kind[b] === 0) dual[b] += 2 * delta;
          else if (kind[b] === 1) dual[b] -= 2 * delta;
        }
      for (let x = 1; x <= last && !done; x++)
        if (top[x] === x && slack[x] !== 0 && top[slack[x]] !== x && gap(slack[x], x) === 0)
          done = follow(tail[slack[x] * size + x], head[slack[x] * size + x]);
      for (let b = n + 1; b <= last && !done; b++)
        if (top[b] === b && kind[b] === 1 && dual[b] === 0) expand(b);
      work += 4 * n;
    }
  }
  return Int32Array.from({ length: n }, (_, i) => mate[i + 1] - 1);
}
