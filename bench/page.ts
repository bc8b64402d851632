/**
 * What the page computes between two pictures, each on the main thread: milliseconds (median) and
 * the most that may be taken, so that no frame is dropped.
 */
import { performance } from 'node:perf_hooks';
import { gallery as curves } from '../src/problems/learning-rate/gallery.ts';
import { curveMode } from '../src/problems/learning-rate/views/curve.ts';
import type { LrFrame } from '../src/problems/learning-rate/views/common.ts';
import { gallery as tours } from '../src/problems/tsp/gallery.ts';
import { drawTour, type TspFrame } from '../src/problems/tsp/views/tour.ts';
import { hitTest } from '../src/scene/hit.ts';
import type { Scene } from '../src/scene/scene.ts';
import { median } from './figures.ts';

const REPEATS = 25;

/** What a frame has beside the instance, before any run. */
const UNRUN = {
  solution: null,
  report: null,
  bound: null,
  trace: null,
  toggles: {},
  tool: 'move',
  selected: null,
};

interface Work {
  name: string;
  /** Milliseconds. */
  most: number;
  run(repeat: number): void;
}

/** The bound of a schedule of 2,000 steps, as its peak is dragged. */
function draggedCurve(): Work {
  const instance = { ...curves[0].instance(), steps: 2_000 };
  const { schedule } = instance;
  return {
    name: 'curve and bound of 2,000 steps while dragged',
    most: 16,
    run(repeat) {
      const dragged = { ...instance, schedule: { ...schedule, peak: 0.1 + repeat / 1000 } };
      const frame: LrFrame = { ...UNRUN, instance: dragged };
      curveMode.draw(frame);
    },
  };
}

function tourOfTenThousand(): Work {
  const instance = tours.find(({ id }) => id === 'E10000')!.instance();
  return {
    name: 'tour of 10,000 cities as a draw list',
    most: 16,
    run(repeat) {
      const solution = {
        tour: Int32Array.from({ length: 10_000 }, (_, i) => (i + repeat) % 10_000),
      };
      const frame: TspFrame = { ...UNRUN, instance, solution, report: null };
      drawTour(frame);
    },
  };
}

function pointerOverTenThousand(): Work {
  const points = Float64Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 1000);
  const scene: Scene = {
    bounds: { minX: 0, minY: 0, maxX: 1000, maxY: 1000 },
    fit: 'contain',
    description: '',
    items: [{ kind: 'points', idPrefix: 'p:', points, radius: 2, fill: 'ink' }],
  };
  const world = { kx: 1, ky: 1, tx: 0, ty: 0 };
  return {
    name: 'what lies under the pointer among 10,000 points',
    most: 5,
    run: (repeat) => void hitTest(scene, world, { x: repeat * 40, y: 1200 }, 5),
  };
}

/** Prints one line for each piece of work whose name contains the text. */
export function measurePage(match: string, write: (line: string) => void): void {
  for (const make of [draggedCurve, tourOfTenThousand, pointerOverTenThousand]) {
    const { name, most, run } = make();
    if (!name.includes(match)) continue;
    run(0);
    const times = Array.from({ length: REPEATS }, (_, repeat) => {
      const start = performance.now();
      run(repeat);
      return performance.now() - start;
    });
    const took = median(times);
    const verdict = took <= most ? 'PASS' : 'FAIL';
    write(`${name.padEnd(52)} ${took.toFixed(2).padStart(7)} ms  at most ${most} ms  ${verdict}`);
  }
}
