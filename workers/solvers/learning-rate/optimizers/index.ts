export { adagrad, adam, adamw, amsgrad, lion, rmsprop, spam } from './adaptive.ts';
export { dAdaptation, dog, prodigy } from './distance.ts';
export { momentum, nesterov, sgd } from './momentum.ts';
export { muon } from './muon.ts';
export { scheduleFreeAdamw, scheduleFreeSgd } from './schedule-free.ts';
