/** Exact separation of subtour elimination constraints. */
import { crossing, subtourCut, type Cut, type Support } from './cuts.ts';

/** Cuts are taken when violated by more than this. */
export const SLACK = 1e-4;

/** Labels of the components of the edges that `take` holds; returns how many. O(n + edges). */
export function components(
  { n, start, to, edge }: Support,
  take: (edge: number) => boolean,
  label: Int32Array,
): number {
  label.fill(-1);
  const stack = new Int32Array(n);
  let count = 0;
  for (let first = 0; first < n; first++) {
    if (label[first] >= 0) continue;
    let top = 1;
    stack[0] = first;
    label[first] = count;
    while (top > 0) {
      const city = stack[--top];
      for (let at = start[city]; at < start[city + 1]; at++) {
        if (label[to[at]] >= 0 || !take(edge[at])) continue;
        label[to[at]] = count;
        stack[top++] = to[at];
      }
    }
    count++;
  }
  return count;
}

/** The members of each label. */
export function groupsOf(label: Int32Array, count: number): number[][] {
  const groups: number[][] = Array.from({ length: count }, () => []);
  label.forEach((group, city) => groups[group].push(city));
  return groups;
}

/**
 * Violated sets: the components when there are several; else cuts below 2 found by the minimum cut
 * algorithm of Stoer & Wagner (1997), after paths of edges of value 1 have been shrunk, which keeps
 * a minimum cut. O(n + k³) for k nodes left. None means that no set at all is violated.
 */
export function separateSubtours(support: Support): Cut[] {
  const { n, a, b, x } = support;
  const label = new Int32Array(n);
  const parts = components(support, () => true, label);
  if (parts > 1)
    return groupsOf(label, parts)
      .filter((group) => group.length <= n - 2)
      .map((group) => subtourCut(n, group));

  const nodes = components(support, (edge) => x[edge] >= 1 - 1e-9, label);
  const members = groupsOf(label, nodes);
  const marks = new Uint8Array(n);
  const found = new Map<string, Cut>();
  const consider = (set: number[]) => {
    if (set.length < 2 || set.length > n - 2) return;
    for (const city of set) marks[city] = 1;
    const value = crossing(support, set, marks);
    for (const city of set) marks[city] = 0;
    if (value >= 2 - SLACK) return;
    const cut = subtourCut(n, set);
    found.set(cut.key, cut);
  };
  for (const group of members) consider(group);
  const weight = new Float64Array(nodes * nodes);
  for (let e = 0; e < x.length; e++) {
    const [u, v] = [label[a[e]], label[b[e]]];
    if (u === v) continue;
    weight[u * nodes + v] += x[e];
    weight[v * nodes + u] += x[e];
  }
  const active = Int32Array.from({ length: nodes }, (_, i) => i);
  const reach = new Float64Array(nodes);
  const taken = new Uint8Array(nodes);
  for (let left = nodes; left > 1; left--) {
    // One phase: nodes by the strength of their ties to those before; the last is cut off.
    for (let i = 0; i < left; i++) {
      reach[active[i]] = 0;
      taken[active[i]] = 0;
    }
    let before = -1;
    let last = active[0];
    for (let step = 0; step < left; step++) {
      let next = -1;
      for (let i = 0; i < left; i++) {
        const node = active[i];
        if (taken[node] === 0 && (next < 0 || reach[node] > reach[next])) next = node;
      }
      taken[next] = 1;
      before = last;
      last = next;
      const row = next * nodes;
      for (let i = 0; i < left; i++) reach[active[i]] += weight[row + active[i]];
    }
    // `reach[last]` has its own ties only, as all others came before.
    if (reach[last] < 2 - SLACK) consider(members[last]);
    members[before] = members[before].concat(members[last]);
    for (let i = 0; i < left; i++) {
      const node = active[i];
      const sum = weight[before * nodes + node] + weight[last * nodes + node];
      weight[before * nodes + node] = sum;
      weight[node * nodes + before] = sum;
    }
    weight[before * nodes + before] = 0;
    active[active.indexOf(last)] = active[left - 1];
  }
  return [...found.values()];
}
