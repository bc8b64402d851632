/** Samples of two inputs drawn from spirals, rings and clouds. */
import { cos, sin } from '../../core/math.ts';
import { createRng, type Rng } from '../../core/rng.ts';
import { createNormal } from './random.ts';
import {
  emptySamples,
  plain,
  validationCount,
  withWrongLabels,
  type DataSet,
  type Samples,
} from './samples.ts';
import type { Task } from './tasks.ts';

const PI = 3.141592653589793;
/** How far the samples reach from the middle. */
const REACH = 4;

type PlanarTask = Extract<Task, { kind: 'spirals' | 'circles' | 'xor' }>;

const classesOf = (task: PlanarTask): number =>
  task.kind === 'spirals' ? task.arms : task.kind === 'circles' ? task.rings : 2;

/** Middle of the place where sample i belongs, into `place`. */
function locate(task: PlanarTask, i: number, rng: Rng, place: [number, number]): void {
  if (task.kind === 'xor') {
    // Four clouds in turn: the class is whether the signs differ.
    place[0] = (i & 2) === 0 ? REACH / 2 : -REACH / 2;
    place[1] = (i & 1) === 0 ? place[0] : -place[0];
    return;
  }
  const label = i % classesOf(task);
  const reach = 0.08 + 0.92 * rng.float();
  const radius = task.kind === 'spirals' ? REACH * reach : (REACH * (label + 1)) / task.rings;
  const angle =
    2 * PI * (task.kind === 'spirals' ? task.turns * reach + label / task.arms : rng.float());
  place[0] = radius * cos(angle);
  place[1] = radius * sin(angle);
}

function draw(task: PlanarTask, count: number, rng: Rng): Samples {
  const normal = createNormal(rng);
  const set = emptySamples(count, 2);
  const place: [number, number] = [0, 0];
  for (let i = 0; i < count; i++) {
    set.labels[i] = i % classesOf(task);
    locate(task, i, rng, place);
    set.inputs[2 * i] = place[0] + task.noise * normal();
    set.inputs[2 * i + 1] = place[1] + task.noise * normal();
  }
  return set;
}

/** The samples turned around the middle. @param angle in degrees. */
function turned(set: Samples, angle: number): Samples {
  const c = cos((angle * PI) / 180);
  const s = sin((angle * PI) / 180);
  const inputs = new Float64Array(set.inputs.length);
  for (let i = 0; i < inputs.length; i += 2) {
    inputs[i] = c * set.inputs[i] - s * set.inputs[i + 1];
    inputs[i + 1] = s * set.inputs[i] + c * set.inputs[i + 1];
  }
  return { ...set, inputs };
}

/** Spirals, concentric rings, or four clouds in the corners; validation is after the shift. */
export function makePlanar(task: PlanarTask): DataSet {
  const rng = createRng(task.seed);
  const classes = classesOf(task);
  const before = withWrongLabels(
    draw(task, task.samples, rng.fork(0)),
    classes,
    task.labelNoise,
    rng.fork(3),
  );
  const validation = draw(task, validationCount(task.samples), rng.fork(1));
  const angle = task.kind === 'circles' ? 0 : task.shiftAngle;
  const name = { spirals: 'Arm', circles: 'Ring', xor: 'Class' }[task.kind];
  return {
    features: 2,
    classes,
    classNames: Array.from({ length: classes }, (_, i) => `${name} ${i + 1}`),
    inputNames: ['x', 'y'],
    offset: plain(2, 0),
    scale: plain(2, 1),
    ...(angle === 0
      ? { train: before, validation }
      : { train: turned(before, angle), validation: turned(validation, angle), before }),
  };
}
