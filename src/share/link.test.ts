import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitError, BitWriter } from '../core/bits.ts';
import { crc32 } from '../core/checksum.ts';
import { createRng } from '../core/rng.ts';
import { defaultSettings, type DocumentContent } from '../problems/document.ts';
import { testFamily, type Stops } from '../problems/test-family.ts';
import { toBase64Url } from './bytes.ts';
import { decodeFor, decodeHash, encodeDocument, MAX_LINK } from './link.ts';

const family = testFamily();
const square = family.gallery[0].instance();

const content = (change: Partial<DocumentContent> = {}): DocumentContent => ({
  ...defaultSettings,
  family: 'tsp',
  instance: square,
  origin: { kind: 'own' },
  ...change,
});

const decoded = async (hash: string, as = family) => {
  const result = await decodeFor(as, hash);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
};
const issueOf = async (hash: string, as = family) => {
  const result = await decodeFor(as, hash);
  if (result.ok) throw new Error('should not decode');
  return result.issues[0];
};

/** A packed link of any body, with a right checksum. */
const forge = (body: Uint8Array, first = 8) => {
  const framed = Uint8Array.of(first, ...body);
  const sum = crc32(Uint8Array.of(...new TextEncoder().encode('tsp'), ...framed));
  return `#/tsp/~${toBase64Url(Uint8Array.of(...framed, sum >>> 24, sum >>> 16, sum >>> 8, sum))}`;
};

const instances = fc.record({
  name: fc.string({ maxLength: 20, unit: 'grapheme' }),
  points: fc.array(
    fc.oneof(
      fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(1e6)),
      fc.tuple(
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
        fc.integer({ min: 0, max: 100 }).map((y) => y / 4),
      ),
    ),
    { maxLength: 60 },
  ),
});
const settings = fc.record({
  solverId: fc.constantFrom(null, 'nearest', 'swap'),
  params: fc.constantFrom<DocumentContent['params']>(
    {},
    { swap: { tenure: 12 } },
    { swap: { tenure: 3, rule: 'first' } },
  ),
  seed: fc.nat(0xffffffff),
  budget: fc.record({
    seconds: fc.option(fc.integer({ min: 1, max: 1000 }).map((n) => n / 4)),
    steps: fc.option(fc.integer({ min: 1 })),
    target: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)),
    stall: fc.option(fc.integer({ min: 1, max: 60 })),
  }),
  workers: fc.integer({ min: 1, max: 16 }),
  modeId: fc.option(fc.constantFrom('tour', 'by-machine')),
  toggles: fc.dictionary(fc.constantFrom('labels', 'idle', 'grid'), fc.boolean()),
  study: fc.option(
    fc.record({
      id: fc.constantFrom('solvers', 'cooldown'),
      values: fc.dictionary(fc.constantFrom('seeds', 'horizon'), fc.constantFrom('3', 'true')),
    }),
  ),
});

/** A link carries the parameters of one solver only, and names it. */
function carried(document: DocumentContent): DocumentContent {
  if (document.solverId === 'nearest') return { ...document, params: {} };
  return document.params.swap ? { ...document, solverId: 'swap' } : document;
}

describe('round trips', () => {
  it('packed, with any settings', async () => {
    await fc.assert(
      fc.asyncProperty(instances, settings, async (instance, chosen) => {
        const document = content({ instance, ...chosen });
        const link = await encodeDocument(document, family);
        expect(link).toMatchObject({ form: 'packed', length: link.hash.length });
        expect(link.hash).toMatch(/^#\/tsp\/~[\w-]+$/);
        const back = await decoded(link.hash);
        expect(back.warnings).toEqual([]);
        expect(back.content).toEqual({ ...carried(document), origin: { kind: 'link' } });
        expect((await encodeDocument(document, family)).hash).toBe(link.hash);
      }),
    );
  });

  it('generated, with any settings', async () => {
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        fc.nat(0xffffffff),
        async (chosen, n, flat, seed) => {
          const params = { n, flat };
          const instance = family.generators[0].generate(params, createRng(seed));
          const origin = { kind: 'generator', id: 'grid', params, seed } as const;
          const document = content({ instance, origin, ...chosen });
          const link = await encodeDocument(document, family);
          expect(link.form).toBe('generator');
          expect((await decoded(link.hash)).content).toEqual(carried(document));
        },
      ),
    );
  });

  it('writes short, readable links', async () => {
    const instance = family.generators[0].generate({ n: 200, flat: false }, createRng(7));
    const origin = {
      kind: 'generator',
      id: 'grid',
      params: { n: 200, flat: false },
      seed: 7,
    } as const;
    const hash = async (change: Partial<DocumentContent>) =>
      (await encodeDocument(content(change), family)).hash;
    expect(await hash({ instance, origin })).toBe('#/tsp/grid?n=200&seed=7');
    expect(await hash({ origin: { kind: 'gallery', id: 'square' } })).toBe('#/tsp/square');
    expect(
      await hash({
        origin: { kind: 'gallery', id: 'square' },
        solverId: 'swap',
        params: { swap: { tenure: 12, rule: 'best' }, nearest: {} },
        seed: 5,
        budget: { seconds: null, steps: 1000, target: null, stall: null },
        modeId: 'tour',
        toggles: { labels: true, grid: false },
      }),
    ).toBe(
      '#/tsp/square?run.solver=swap&p.tenure=12&run.seed=5&run.steps=1000' +
        '&view.mode=tour&view.on=labels&view.off=grid',
    );
    expect((await hash({ instance })).length).toBeLessThan(720);
  });

  it('a value without room in the codec travels as JSON', async () => {
    const tight = {
      ...family,
      codec: {
        ...family.codec,
        encode: (): Uint8Array => {
          throw new BitError('Too wide.');
        },
      },
    };
    const link = await encodeDocument(content(), tight);
    expect((await decoded(link.hash)).content.instance).toEqual(square);
  });
});

describe('what a person may type', () => {
  it('a family alone opens its first gallery instance', async () => {
    for (const hash of ['#/tsp', '#/tsp/', '/tsp'])
      expect((await decoded(hash)).content.origin).toEqual({ kind: 'gallery', id: 'square' });
  });

  it('defaults fill what a generator link leaves out', async () => {
    const { content: made } = await decoded('#/tsp/grid?n=3');
    expect(made.origin).toEqual({
      kind: 'generator',
      id: 'grid',
      params: { n: 3, flat: false },
      seed: 1,
    });
    expect((made.instance as Stops).points).toHaveLength(3);
  });

  it('ignores the punctuation around a link', async () => {
    expect((await decoded('#/tsp/square).')).content.instance).toEqual(square);
    const { hash } = await encodeDocument(content(), family);
    expect((await decoded(`${hash.replace('~', '%7E')}, `)).content.instance).toEqual(square);
  });

  it('leaves out settings that do not fit, and says so', async () => {
    const { content: made, warnings } = await decoded(
      '#/tsp/square?run.solver=magic&p.tenure=9&run.seed=-1&run.workers=99&run.steps=1.5&x.y=1',
    );
    expect(made).toMatchObject({ solverId: null, params: {}, seed: 1, workers: 1 });
    expect(warnings.map(({ path }) => path?.join('.'))).toEqual([
      'solver',
      'seed',
      'workers',
      'budget.steps',
      'x.y',
    ]);
    expect((await decoded('#/tsp/square?p.tenure=99&p.speed=1')).warnings).toHaveLength(2);
    expect((await decoded('#/tsp/square?run.seconds=none')).content.budget.seconds).toBeNull();
  });

  it.each([
    ['#/tsp/circle', 'Stops has no gallery instance or generator "circle".'],
    ['#/tsp/grid?n=0', 'Points must be from 1 to 5000.'],
    ['#/tsp/grid?n=1e9', 'Points must be from 1 to 5000.'],
    ['#/tsp/grid?m=5', 'Unknown parameter "m".'],
    ['#/tsp/grid?n=5&seed=x', 'The seed must be a whole number from 0 to 4294967295.'],
    ['nonsense', 'The link is damaged. It must look like #/tsp/….'],
    ['#/tsp/%E0%A4%A', 'The link is damaged.'],
  ])('%s: %s', async (hash, message) => {
    expect((await issueOf(hash)).message).toBe(message);
  });

  it('names the families when there is no such one', async () => {
    const result = await decodeHash('#/chess/queens');
    expect(result).toMatchObject({
      ok: false,
      issues: [{ message: 'There is no family "chess".', hint: expect.stringContaining('#/tsp') }],
    });
  });
});

describe('damage', () => {
  it('any changed, missing or added character is noticed', async () => {
    const instance = family.generators[0].generate({ n: 40, flat: false }, createRng(1));
    const { hash } = await encodeDocument(content({ instance }), family);
    const start = hash.indexOf('~') + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: start, max: hash.length - 2 }),
        fc.constantFrom('A', 'z', '_', '7', '', 'QQ', '*'),
        async (at, by) => {
          const other = hash.slice(0, at) + by + hash.slice(at + 1);
          if (other !== hash) expect((await issueOf(other)).message).toBe('The link is damaged.');
        },
      ),
    );
    expect((await issueOf(hash.slice(0, -9))).hint).toBe(
      'Copy it again in full, or ask for a file.',
    );
  });

  it('bytes of another family are damage', async () => {
    const { hash } = await encodeDocument(content(), family);
    const other = testFamily('vrp');
    expect((await issueOf(hash.replace('tsp', 'vrp'), other)).message).toBe('The link is damaged.');
  });

  it('too long a link is not read', async () => {
    expect((await issueOf(`#/tsp/~${'A'.repeat(MAX_LINK)}`)).message).toContain('at most 32000');
  });

  it('a bomb is dropped', async () => {
    const bomb = deflateRawSync(new Uint8Array(20_000_000));
    expect(forge(bomb, 9).length).toBeLessThan(MAX_LINK);
    expect((await issueOf(forge(bomb, 9))).message).toBe('The link is damaged.');
  });

  it('newer versions and modes are named as such', async () => {
    const { hash } = await encodeDocument(content(), family);
    for (const first of [2 * 8, 8 + 4]) {
      expect((await issueOf(forge(Uint8Array.of(1, 2, 3), first))).message).toContain('newer');
    }
    const future = { ...family, codec: { ...family.codec, version: 2 } };
    const made = await encodeDocument(content(), future);
    expect((await issueOf(made.hash)).message).toContain('newer version');
    expect((await decoded(hash, future)).content.instance).toEqual(square);
  });

  it('forged bodies never throw, and never pass the schema', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom(8, 9, 10, 11),
        async (body, first) => {
          const result = await decodeFor(family, forge(body, first));
          if (result.ok) expect(family.validate(result.value.content.instance).ok).toBe(true);
        },
      ),
    );
    const writer = new BitWriter();
    writer.varint(1);
    writer.string('');
    const json = new TextEncoder().encode('{"points":[[1,"two"]]}');
    const issue = await issueOf(forge(Uint8Array.of(...writer.finish(), ...json), 8 + 2));
    expect(issue.path).toEqual(['points', 0]);
  });
});
