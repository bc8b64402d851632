import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { learningRates } from './curve.ts';
import {
  addPoint,
  drawStroke,
  movePoint,
  pieceSteps,
  removePoint,
  setCooldown,
  setPeak,
  setSteps,
  setWarmup,
  toPieces,
  toPoints,
  withSchedule,
} from './edit.ts';
import type { Instance } from './instance.ts';
import { makeBody, makeSchedule, type Body, type PointsBody } from './schedule.ts';
import { validate } from './schema.ts';
import { makeTask } from './tasks.ts';

const instance = (body: Body, warmup = 0, cooldown = 0): Instance => ({
  name: 'Test',
  task: makeTask('quadratic'),
  steps: 1000,
  batch: 1,
  schedule: makeSchedule(0.1, body, { steps: warmup }, { steps: cooldown }),
});

const worst = (a: Instance, b: Instance) => {
  const other = learningRates(b.schedule, b.steps);
  return learningRates(a.schedule, a.steps).reduce(
    (most, rate, t) => Math.max(most, Math.abs(rate - other[t]) / a.schedule.peak),
    0,
  );
};

const pointsOf = (edited: Instance) => (edited.schedule.body as PointsBody).points;

describe('edits', () => {
  const smooth: Body[] = [
    makeBody('constant'),
    makeBody('linear'),
    makeBody('cosine'),
    makeBody('exponential'),
    makeBody('polynomial', { power: 3 }),
    makeBody('inverse-square-root', { timescale: 50 }),
    makeBody('one-cycle'),
  ];
  it.each(smooth.map((body) => [body.kind, body] as const))(
    '%s becomes few control points that give the same curve',
    (_kind, body) => {
      const before = instance(body, 100, 200);
      const points = toPoints(before);
      const after = withSchedule(before, { body: points });
      expect(unwrap(validate(after))).toEqual(after);
      expect(points.points.length).toBeLessThan(20);
      expect(worst(before, after)).toBeLessThan(0.012);
    },
  );

  it.each([
    ['constant', makeBody('constant')],
    ['linear', makeBody('linear', { final: 0.1 })],
    ['cosine', makeBody('cosine')],
    ['exponential', makeBody('exponential')],
    ['restarts', makeBody('cosine-restarts', { cycles: 3, growth: 2 })],
    ['step', makeBody('step', { every: 0.25 })],
  ] as const)('%s becomes segments exactly', (_name, body) => {
    const before = instance(body, 100, 100);
    const pieces = toPieces(before);
    const after = withSchedule(before, { body: { kind: 'pieces', pieces } });
    expect(unwrap(validate(after))).toEqual(after);
    const [a, b] = [before, after].map((one) => learningRates(one.schedule, 1000));
    const differ = a.reduce((sum, rate, t) => sum + (Math.abs(rate - b[t]) > 1e-12 ? 1 : 0), 0);
    // At most the one step on which two segments meet.
    expect(differ).toBeLessThanOrEqual(pieces.length - 1);
    expect(pieceSteps(before, pieces).reduce((sum, steps) => sum + steps, 0)).toBe(800);
  });

  it('adds a point where it is put, in order', () => {
    const added = addPoint(instance(makeBody('constant'), 200), 600, 0.05)!;
    expect(pointsOf(added.instance)[added.index]).toEqual([0.5, 0.5]);
    const rates = learningRates(added.instance.schedule, 1000);
    expect(rates[600]).toBeCloseTo(0.05, 12);
    expect(unwrap(validate(added.instance))).toEqual(added.instance);
    expect(addPoint(instance(makeBody('constant'), 200), 100, 0.05)).toBeNull();
  });

  it('replaces a point at the same place', () => {
    const once = addPoint(instance(makeBody('constant')), 500, 0.05)!.instance;
    const twice = addPoint(once, 500, 0.02)!;
    expect(pointsOf(twice.instance).length).toBe(pointsOf(once).length);
    expect(pointsOf(twice.instance)[twice.index][1]).toBe(0.2);
  });

  it('moves a point only between its neighbours, and removes all but the last', () => {
    const three = addPoint(instance(makeBody('constant')), 500, 0.05)!.instance;
    const moved = movePoint(three, 1, 5000, 0.2)!;
    expect(pointsOf(moved)[1]).toEqual([0.9999, 2]);
    expect(unwrap(validate(moved))).toEqual(moved);
    const two = removePoint(three, 1)!;
    const one = removePoint(two, 0)!;
    expect(pointsOf(one).length).toBe(1);
    expect(removePoint(one, 0)).toBeNull();
    expect(movePoint(one, 7, 0, 0)).toBeNull();
  });

  it('a stroke replaces the curve between its ends', () => {
    const before = instance(makeBody('constant'), 100, 100);
    const drawn = drawStroke(before, [300, 0.02, 500, 0.04, 600, 0.03])!;
    const rates = learningRates(drawn.schedule, 1000);
    expect(rates[400]).toBeCloseTo(0.03, 3);
    expect(rates[500]).toBeCloseTo(0.04, 3);
    expect(rates[200]).toBeCloseTo(0.1, 6);
    expect(rates[800]).toBeCloseTo(0.1, 6);
    expect(drawn.schedule.warmup.steps).toBe(100);
    expect(unwrap(validate(drawn))).toEqual(drawn);
  });

  it('a stroke beyond the body takes warm-up and cooldown into the drawing', () => {
    const before = instance(makeBody('constant'), 100, 200);
    const drawn = drawStroke(before, [0, 0.05, 300, 0.05])!;
    const rates = learningRates(drawn.schedule, 1000);
    expect([drawn.schedule.warmup.steps, drawn.schedule.cooldown.steps]).toEqual([0, 0]);
    expect(rates[50]).toBeCloseTo(0.05, 6);
    expect(rates[900]).toBeCloseTo(0.05, 3);
    expect(rates[600]).toBeCloseTo(0.1, 6);
    expect(drawStroke(before, [300, 0.05])).toBeNull();
  });

  it('warm-up and cooldown never overlap, and scale with the steps', () => {
    const before = instance(makeBody('cosine'), 100, 300);
    expect(setWarmup(before, 5000).schedule.warmup.steps).toBe(700);
    expect(setWarmup(before, -5).schedule.warmup.steps).toBe(0);
    expect(setCooldown(before, 950).schedule.cooldown.steps).toBe(900);
    const shorter = setSteps(before, 10);
    expect([shorter.schedule.warmup.steps, shorter.schedule.cooldown.steps]).toEqual([1, 3]);
    expect(unwrap(validate(setSteps(before, 1)))).toEqual(setSteps(before, 1));
    expect(setPeak(before, -1).schedule.peak).toBe(1e-9);
    expect(setPeak(before, 0.123456).schedule.peak).toBe(0.123);
  });
});
