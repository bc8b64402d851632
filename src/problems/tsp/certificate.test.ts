import { describe, expect, it } from 'vitest';
import { readCertificate, verifyCertificate, type TspCertificate } from './certificate.ts';
import type { City, TspInstance } from './instance.ts';

/** Two triangles of side 10, far apart: without a subtour cut the relaxation takes both. */
const triangles: TspInstance = {
  name: 'triangles',
  metric: 'matrix',
  cities: [],
  matrix: [0, 1, 2, 3, 4, 5].map((i) =>
    [0, 1, 2, 3, 4, 5].map((j) => (i === j ? 0 : i < 3 === j < 3 ? 10 : 100)),
  ),
};

/** Two edges between the triangles, four within. */
const OPTIMUM = 240;

const certificate: TspCertificate = {
  length: OPTIMUM,
  cuts: [[[0, 1, 2]]],
  tree: { leaf: { cities: [5, 5, 5, 5, 5, 5], cuts: [[0, 90]] } },
};

describe('a certificate', () => {
  it('proves the optimum by hand-made multipliers', () => {
    expect(verifyCertificate(triangles, certificate)).toEqual({ ok: true, value: OPTIMUM });
  });

  it('proves less by weaker multipliers, and never more than they bear out', () => {
    const leaf = (cities: number[], z: number): TspCertificate => ({
      ...certificate,
      length: 1000,
      tree: { leaf: { cities, cuts: [[0, z]] } },
    });
    expect(verifyCertificate(triangles, leaf([5, 5, 5, 5, 5, 5], 0))).toEqual({
      ok: true,
      value: 60,
    });
    for (const z of [0, 50, 90, 120, 500]) {
      const proven = verifyCertificate(triangles, leaf([5, 5, 5, 5, 5, 5], z));
      expect(proven.ok && proven.value <= OPTIMUM).toBe(true);
    }
  });

  it('takes the least over both sides of a decision', () => {
    const side = certificate.tree;
    const weak = { leaf: { cities: [0, 0, 0, 0, 0, 0], cuts: [] } };
    const split = (without: TspCertificate['tree'], present: TspCertificate['tree']) =>
      verifyCertificate(triangles, {
        ...certificate,
        tree: { edge: [0, 1], without, with: present },
      });
    expect(split(side, side)).toEqual({ ok: true, value: OPTIMUM });
    expect(split(side, weak)).toEqual({ ok: true, value: 10 });
    expect(split(weak, side)).toEqual({ ok: true, value: 0 });
  });

  it('counts an edge out only where that is proven', () => {
    const excluding = { cities: [5, 5, 5, 5, 5, 5], cuts: [[0, 90]] as [number, number][] };
    // Nothing costs enough to be excluded: the bound of the empty proof stays 0.
    const empty = { leaf: { cities: [0, 0, 0, 0, 0, 0], cuts: [] } };
    const none = verifyCertificate(triangles, { ...certificate, excluding, tree: empty });
    expect(none).toEqual({ ok: true, value: 0 });
  });

  it.each([
    ['a set of all cities', [[[0, 1, 2, 3, 4, 5]]]],
    ['a city twice', [[[0, 0, 1]]]],
    ['a city that is none', [[[0, 6]]]],
    [
      'two teeth',
      [
        [
          [0, 1, 2],
          [0, 3],
          [1, 4],
        ],
      ],
    ],
    [
      'teeth that meet',
      [
        [
          [0, 1, 2],
          [0, 3],
          [1, 3],
          [2, 5],
        ],
      ],
    ],
    [
      'a tooth outside the handle',
      [
        [
          [0, 1],
          [0, 3],
          [1, 4],
          [2, 5],
        ],
      ],
    ],
  ])('refuses %s', (_, cuts) => {
    expect(verifyCertificate(triangles, { ...certificate, cuts }).ok).toBe(false);
  });

  it('refuses multipliers below 0 or of the wrong number', () => {
    const leaf = (cities: number[], cuts: [number, number][]): TspCertificate => ({
      ...certificate,
      tree: { leaf: { cities, cuts } },
    });
    expect(verifyCertificate(triangles, leaf([5, 5, 5, 5, 5, 5], [[0, -1]])).ok).toBe(false);
    expect(verifyCertificate(triangles, leaf([5, 5, 5, 5, 5, 5], [[1, 1]])).ok).toBe(false);
    expect(verifyCertificate(triangles, leaf([5, 5, 5], [])).ok).toBe(false);
    expect(verifyCertificate(triangles, leaf([5, 5, 5, 5, 5, NaN], [])).ok).toBe(false);
  });

  it('is read back from JSON, and refused with a place when it is garbage', () => {
    const plain = JSON.parse(JSON.stringify(certificate)) as unknown;
    expect(readCertificate(plain)).toEqual({ ok: true, value: certificate });
    for (const garbage of [
      null,
      {},
      { ...certificate, length: 'x' },
      { ...certificate, cuts: [[0, 1]] },
      { ...certificate, excluding: {} },
      { ...certificate, tree: {} },
      { ...certificate, tree: { edge: [0, 1], without: certificate.tree } },
    ])
      expect(readCertificate(garbage).ok).toBe(false);
  });

  it('has nothing to say of two cities', () => {
    const cities: City[] = [
      [0, 0],
      [1, 0],
    ];
    const two: TspInstance = { name: '', metric: 'euclidean', cities };
    expect(verifyCertificate(two, certificate).ok).toBe(false);
  });
});
