/** What a network makes of digits it has never seen: the digits themselves, and its confusions. */
import { formatPercent } from '../../../core/format.ts';
import type { Item, Scene } from '../../../scene/scene.ts';
import type { SceneMode } from '../../views.ts';
import {
  DIGIT_CLASSES,
  DIGIT_NAMES,
  DIGIT_SIDE,
  DIGIT_SIZE,
  DIGIT_SOURCE,
  DIGIT_TRAINING,
  DIGIT_VALIDATION,
  hasDigits,
  validationDigits,
} from '../digits.ts';
import type { Instance, Solution } from '../instance.ts';
import { createOutputs, likeliest, probabilities } from '../model.ts';
import type { Task } from '../tasks.ts';
import { COLUMN, lastFinite, type LrFrame } from './common.ts';

const COLUMNS = 14;
const ROWS = 7;
/** A cell: the image, its reading below, and a gap. */
const READING = 0.32;
const PITCH_X = 1.12;
const PITCH_Y = 1 + READING + 0.12;

/** Of validation digits 0 … count − 1. */
interface Readings {
  likeliest: Uint8Array;
  /** The probability that the network gives it. */
  confidence: Float64Array;
}

/** O(count · work of the network). */
export function readDigits(task: Task, parameters: Float64Array, count: number): Readings {
  const { inputs } = validationDigits();
  const outputsOf = createOutputs(task, parameters);
  const chances = new Float64Array(DIGIT_CLASSES);
  const readings = { likeliest: new Uint8Array(count), confidence: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const outputs = outputsOf(inputs, i);
    const best = likeliest(outputs);
    probabilities(outputs, chances);
    readings.likeliest[i] = best;
    readings.confidence[i] = chances[best];
  }
  return readings;
}

/** The last readings of all digits: a picture is drawn more often than the model changes. */
const remembered = new WeakMap<Float64Array, Readings>();

function readAll(task: Task, { parameters }: Solution): Readings {
  let readings = remembered.get(parameters);
  if (!readings) {
    readings = readDigits(task, parameters, DIGIT_VALIDATION);
    remembered.set(parameters, readings);
  }
  return readings;
}

const imageOf = (i: number): Float32Array =>
  Float32Array.from(validationDigits().inputs.subarray(i * DIGIT_SIZE, (i + 1) * DIGIT_SIZE));

/** Digit i at cell k, with what the network reads. */
function digitItems(k: number, i: number, readings: Readings | null): Item[] {
  const label = validationDigits().labels[i];
  const x = (k % COLUMNS) * PITCH_X;
  const y = Math.floor(k / COLUMNS) * PITCH_Y;
  const items: Item[] = [
    {
      kind: 'raster',
      x,
      y,
      w: 1,
      h: 1,
      columns: DIGIT_SIDE,
      rows: DIGIT_SIDE,
      values: imageOf(i),
      from: 'sunk',
      to: 'ink',
    },
  ];
  const number = DIGIT_TRAINING + i;
  if (!readings) {
    items.push({
      kind: 'rect',
      id: `digit:${i}`,
      x,
      y,
      w: 1,
      h: 1,
      stroke: 'line',
      title: `Digit ${number}, a ${DIGIT_NAMES[label]}`,
    });
    return items;
  }
  const read = readings.likeliest[i];
  const wrong = read !== label;
  const share = formatPercent(readings.confidence[i]);
  items.push(
    {
      kind: 'rect',
      id: `digit:${i}`,
      x,
      y,
      w: 1,
      h: 1,
      stroke: wrong ? 'warn' : 'line',
      strokeWidth: wrong ? 3 : 1,
      title: `Digit ${number}, a ${DIGIT_NAMES[label]}, read as ${DIGIT_NAMES[read]} with ${share}: ${wrong ? 'wrong' : 'right'}`,
    },
    {
      kind: 'rect',
      x,
      y: y + 1,
      w: 1,
      h: READING,
      label: `${DIGIT_NAMES[read]} ${share}`,
    },
  );
  return items;
}

/** Validation digits that are read wrongly, the surest first. */
function mistakes(readings: Readings): number[] {
  const { labels } = validationDigits();
  return Array.from(labels.keys())
    .filter((i) => readings.likeliest[i] !== labels[i])
    .sort((a, b) => readings.confidence[b] - readings.confidence[a]);
}

const waiting = (what: string): Scene => ({
  bounds: { minX: 0, minY: 0, maxX: 1, maxY: 1 },
  fit: 'contain',
  items: [{ kind: 'text', x: 0.5, y: 0.5, text: what, align: 'middle', colour: 'ink2', size: 14 }],
  description: what,
});

/** The error as the run measured it last; empty before. */
function errorText({ trace }: LrFrame): string {
  const error = trace ? lastFinite(trace, COLUMN.error, trace.length - 1) : NaN;
  return Number.isFinite(error)
    ? ` Of all ${DIGIT_VALIDATION} validation digits ${formatPercent(error)} were read wrongly when last measured.`
    : '';
}

function drawDigits(frame: LrFrame): Scene {
  if (!hasDigits()) return waiting('The digits are loading.');
  const { instance, solution, toggles } = frame;
  const room = COLUMNS * ROWS;
  const onlyWrong = toggles.mistakes === true && solution !== null;
  const readings = solution
    ? onlyWrong
      ? readAll(instance.task, solution)
      : readDigits(instance.task, solution.parameters, room)
    : null;
  const wrong = onlyWrong && readings ? mistakes(readings) : null;
  const shown = wrong ? wrong.slice(0, room) : Array.from({ length: room }, (_, i) => i);
  const { labels } = validationDigits();
  const right = readings ? shown.filter((i) => readings.likeliest[i] === labels[i]).length : 0;
  return {
    bounds: {
      minX: -0.1,
      minY: -0.1,
      maxX: COLUMNS * PITCH_X,
      maxY: ROWS * PITCH_Y,
    },
    fit: 'contain',
    items: shown.flatMap((i, k) => digitItems(k, i, readings)),
    description:
      (solution === null
        ? `${room} digits to validate with; no model yet.`
        : wrong
          ? `The model of step ${solution.step} reads ${wrong.length} of ${DIGIT_VALIDATION} validation digits wrongly; ${shown.length} are shown, the surest mistakes first.`
          : `The model of step ${solution.step} reads ${right} of these ${room} validation digits rightly.`) +
      errorText(frame) +
      ` ${DIGIT_SOURCE}.`,
  };
}

export const digitsMode: SceneMode<Instance, Solution> = {
  kind: 'scene',
  id: 'digits',
  name: 'Digits',
  help: 'Digits the network has never seen, what the best model so far takes them for and how surely; wrong ones have a rim.',
  toggles: [
    {
      id: 'mistakes',
      name: 'Only mistakes',
      help: 'Of all validation digits those that are read wrongly, the surest first.',
      default: false,
    },
  ],
  draw: drawDigits,
};

/** Row-major counts: rows what it is, columns what it is taken for. */
export function confusions({ likeliest: read }: Readings): Uint32Array {
  const counts = new Uint32Array(DIGIT_CLASSES * DIGIT_CLASSES);
  const { labels } = validationDigits();
  for (let i = 0; i < read.length; i++) counts[labels[i] * DIGIT_CLASSES + read[i]]++;
  return counts;
}

function drawConfusions(frame: LrFrame): Scene {
  if (!hasDigits()) return waiting('The digits are loading.');
  const { instance, solution } = frame;
  if (!solution) return waiting('No model yet.');
  const counts = confusions(readAll(instance.task, solution));
  const items: Item[] = [];
  let wrong = 0;
  let worst = { count: 0, text: '' };
  counts.forEach((count, at) => {
    const is = Math.floor(at / DIGIT_CLASSES);
    const read = at % DIGIT_CLASSES;
    if (is !== read) {
      wrong += count;
      if (count > worst.count)
        worst = { count, text: `${DIGIT_NAMES[is]} for ${DIGIT_NAMES[read]} (${count} times)` };
    }
    items.push(
      {
        kind: 'rect',
        x: read,
        y: is,
        w: 1,
        h: 1,
        inset: 1,
        fill: is === read ? 'good' : 'warn',
        // Ten mistakes of one kind are many; a hundred right ones are all.
        opacity: is === read ? (0.6 * count) / 100 : Math.min(0.9, count / 10),
      },
      {
        kind: 'rect',
        id: `confusion:${is}:${read}`,
        x: read,
        y: is,
        w: 1,
        h: 1,
        stroke: 'line',
        ...(count > 0 ? { label: String(count) } : {}),
        title: `${count} of the digits ${DIGIT_NAMES[is]} are read as ${DIGIT_NAMES[read]}`,
      },
    );
  });
  return {
    bounds: { minX: 0, minY: 0, maxX: DIGIT_CLASSES, maxY: DIGIT_CLASSES },
    fit: 'contain',
    xAxis: { label: 'Read as', categories: DIGIT_NAMES },
    yAxis: { label: 'Is', categories: DIGIT_NAMES },
    items,
    description:
      `The model of step ${solution.step} reads ${wrong} of ${DIGIT_VALIDATION} validation digits wrongly` +
      (worst.count > 0 ? `, most often ${worst.text}.` : '.'),
  };
}

export const confusionsMode: SceneMode<Instance, Solution> = {
  kind: 'scene',
  id: 'confusions',
  name: 'Confusions',
  help: 'How often each validation digit (rows) is taken for each (columns) by the best model so far.',
  draw: drawConfusions,
};
