import { expect, it } from 'vitest';
import { bars, sceneOf } from './test-scenes.ts';
import { canTween, tweenLimit, tweenScene } from './tween.ts';

const before = bars([
  [
    [0, 10],
    [10, 10],
  ],
]);
const after = bars([
  [
    [20, 10],
    [10, 10],
  ],
]);

it('moves bars of equal id from where they were to where they are', () => {
  const xs = [0, 0.25, 0.5, 0.75, 1].map((at) => {
    const [bar] = tweenScene(before, after, at).items;
    return bar.kind === 'rect' ? bar.x : NaN;
  });
  expect(xs[0]).toBe(0);
  expect(xs[4]).toBe(20);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  expect(tweenScene(before, after, 1)).toBe(after);
});

it('is not for pictures where nothing moves, nor for large ones', () => {
  expect(canTween(before, after)).toBe(true);
  expect(canTween(before, before)).toBe(false);
  expect(canTween(before, sceneOf([]))).toBe(false);
  const many = bars([Array.from({ length: tweenLimit + 1 }, (_, i) => [i, 1] as const)]);
  const moved = bars([Array.from({ length: tweenLimit + 1 }, (_, i) => [i + 1, 1] as const)]);
  expect(canTween(many, moved)).toBe(false);
});
