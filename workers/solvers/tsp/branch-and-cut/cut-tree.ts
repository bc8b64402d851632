/** Minimum cuts between all pairs of nodes of a small graph (Gomory & Hu 1961, as by Gusfield 1990). */

export interface SmallGraph {
  n: number;
  /** Edges. */
  a: number[];
  b: number[];
  capacity: number[];
}

/**
 * The sides of the n − 1 cuts of an equivalent flow tree, as 0/1 marks: one minimum cut for every
 * pair of nodes is among their values. n − 1 maximum flows.
 */
export function minimumCuts(graph: SmallGraph): Uint8Array[] {
  const { n, a, b, capacity } = graph;
  const m = a.length;
  // Arcs 2e and 2e + 1 of edge e, both with its capacity.
  const start = new Int32Array(n + 1);
  for (let e = 0; e < m; e++) {
    start[a[e] + 1]++;
    start[b[e] + 1]++;
  }
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const fill = start.slice(0, n);
  const arcs = new Int32Array(2 * m);
  const head = new Int32Array(2 * m);
  for (let e = 0; e < m; e++) {
    arcs[fill[a[e]]++] = 2 * e;
    head[2 * e] = b[e];
    arcs[fill[b[e]]++] = 2 * e + 1;
    head[2 * e + 1] = a[e];
  }
  const residual = new Float64Array(2 * m);
  const level = new Int32Array(n);
  const next = new Int32Array(n);
  const queue = new Int32Array(n);

  function layer(source: number, sink: number): boolean {
    level.fill(-1);
    level[source] = 0;
    queue[0] = source;
    for (let at = 0, end = 1; at < end; at++) {
      const node = queue[at];
      for (let i = start[node]; i < start[node + 1]; i++) {
        const other = head[arcs[i]];
        if (level[other] >= 0 || residual[arcs[i]] <= 1e-9) continue;
        level[other] = level[node] + 1;
        queue[end++] = other;
      }
    }
    return level[sink] >= 0;
  }

  function push(node: number, sink: number, most: number): number {
    if (node === sink) return most;
    for (; next[node] < start[node + 1]; next[node]++) {
      const arc = arcs[next[node]];
      const other = head[arc];
      if (level[other] !== level[node] + 1 || residual[arc] <= 1e-9) continue;
      const sent = push(other, sink, Math.min(most, residual[arc]));
      if (sent <= 0) continue;
      residual[arc] -= sent;
      residual[arc ^ 1] += sent;
      return sent;
    }
    return 0;
  }

  const parent = new Int32Array(n);
  const sides: Uint8Array[] = [];
  for (let node = 1; node < n; node++) {
    for (let e = 0; e < m; e++) residual[2 * e] = residual[2 * e + 1] = capacity[e];
    while (layer(node, parent[node])) {
      for (let i = 0; i < n; i++) next[i] = start[i];
      while (push(node, parent[node], Infinity) > 0);
    }
    const side = Uint8Array.from(level, (depth) => (depth >= 0 ? 1 : 0));
    sides.push(side);
    for (let other = node + 1; other < n; other++)
      if (side[other] === 1 && parent[other] === parent[node]) parent[other] = node;
  }
  return sides;
}
