/**
 * The vertices touched last, in a list of bounded size that forgets whoever was touched longest ago
 * (selective vertex caching, Accorsi & Vigo 2021). All operations O(1).
 */
export interface VertexCache {
  readonly size: number;
  /** A vertex was touched: it becomes the newest, and the oldest goes where there is no room. */
  recall(vertex: number): void;
  /** The vertex touched longest ago leaves; the cache must hold one. */
  takeOldest(): number;
}

/** @param vertices numbered 1 … vertices. @param room most that it holds, at least 1. */
export function createVertexCache(vertices: number, room: number): VertexCache {
  /** A circle through 0, which is no vertex; `newer` is −1 outside the cache. */
  const older = new Int32Array(vertices + 1);
  const newer = new Int32Array(vertices + 1).fill(-1);
  newer[0] = 0;
  let size = 0;

  function unlink(vertex: number): void {
    newer[older[vertex]] = newer[vertex];
    older[newer[vertex]] = older[vertex];
  }

  function takeOldest(): number {
    const vertex = newer[0];
    unlink(vertex);
    newer[vertex] = -1;
    size--;
    return vertex;
  }

  return {
    get size() {
      return size;
    },
    recall(vertex) {
      if (newer[vertex] >= 0) unlink(vertex);
      else {
        if (size === room) takeOldest();
        size++;
      }
      const newest = older[0];
      older[vertex] = newest;
      newer[newest] = vertex;
      newer[vertex] = 0;
      older[0] = vertex;
    },
    takeOldest,
  };
}
