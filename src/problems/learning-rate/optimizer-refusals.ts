/** Which optimizers cannot take a task, and why. */
import { convolutionOf } from './convolution.ts';
import { dataOf } from './data.ts';
import { hiddenMatrices, networkOf, parameterCount } from './model.ts';
import type { SolverId } from './solvers.ts';
import type { Task } from './tasks.ts';

/** Most parameters that a Hessian is taken for. */
export const MAX_HESSIAN = 150;

const needsHidden: Partial<Record<SolverId, string>> = { muon: 'Muon', cosmos: 'COSMOS' };
const needsMatrix: Partial<Record<SolverId, string>> = {
  shampoo: 'Shampoo',
  'shampoo-4bit': '4-bit Shampoo',
  apollo: 'APOLLO',
  'apollo-mini': 'APOLLO-mini',
};
const needsHessian: Partial<Record<SolverId, string>> = {
  'saddle-free-newton': 'Saddle-free Newton',
  'damped-newton': 'Damped Newton',
};

/** Many gradients in one step: of a large network they would take so long that Stop waits. */
const needsMany: Partial<Record<SolverId, string>> = {
  'entropy-sgd': 'Entropy-SGD',
  optex: 'OptEx',
  eggroll: 'EGGROLL',
};

/** Most parameters times training samples for the central flow, whose steps take many gradients. */
const MAX_FLOW_WORK = 400_000;

function flowRefusal(task: Task): string | null {
  if ('startX' in task) return null;
  const samples = task.kind === 'digits' ? task.samples : dataOf(task)?.train.count;
  if (samples === undefined || convolutionOf(task))
    return 'The central flow needs a loss whose curvature changes: a plane or a fully connected network.';
  return samples * parameterCount(task) > MAX_FLOW_WORK
    ? 'The central flow takes all samples many times a step: choose fewer samples or a smaller network.'
    : null;
}

/** Why an optimizer cannot take a task; null when it can. */
export function refusal(solverId: SolverId, task: Task): string | null {
  if (solverId === 'central-flow') return flowRefusal(task);
  const layout = networkOf(task);
  const hidden = needsHidden[solverId];
  const isDeep = task.kind === 'text' || convolutionOf(task) !== null;
  if (hidden && !isDeep && (layout === null || hiddenMatrices(layout).length === 0))
    return `${hidden} needs a network with at least two hidden layers: it moves the weights between them.`;
  const matrix = needsMatrix[solverId];
  if (matrix && !isDeep && !layout?.sizes.some((size, l) => size > 1 && layout.sizes[l + 1] > 1))
    return `${matrix} needs a network: it treats weight matrices as matrices.`;
  const many = needsMany[solverId];
  if (many && isDeep)
    return `${many} takes many gradients in one step; of this network a step would take too long.`;
  const hessian = needsHessian[solverId];
  if (!hessian) return null;
  if (task.kind === 'absolute')
    return `${hessian} needs curvature; the absolute values of this task have none.`;
  const count = parameterCount(task);
  return count > MAX_HESSIAN
    ? `${hessian} takes the whole Hessian: up to ${MAX_HESSIAN} parameters, and this task has ${count}.`
    : null;
}
