/** The character transformer on the engine. */
import type { Rng } from '../../../../src/core/rng.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import type { TransformerLayout } from '../../../../src/problems/learning-rate/transformer.ts';
import type { LossAndGradient } from '../network.ts';
import { asLoss } from './classifier.ts';
import type { Kernels } from './kernels.ts';
import { createTape, type Tensor } from './tape.ts';

/**
 * Mean loss and gradient of batches of `batch` windows of `text`; a batch's rows are where its
 * windows begin.
 */
export function createTransformer(
  kernels: Kernels,
  layout: TransformerLayout,
  text: Uint8Array,
  batch: number,
): LossAndGradient {
  const { width, heads, context, symbols } = layout;
  const rows = batch * context;
  const tape = createTape(kernels, layout.count);
  const tokens = tape.reserve(rows);
  const labels = tape.reserve(rows);
  let x: Tensor = tape.embed(tokens, rows, width, layout.table, symbols, layout.positions, context);
  for (const block of layout.blocks) {
    const qkv = tape.linear(tape.layerNorm(x, block.norm1), 3 * width, block.qkv);
    x = tape.sum(x, tape.linear(tape.attention(qkv, heads, context), width, block.project));
    const wide = tape.linear(tape.layerNorm(x, block.norm2), 4 * width, block.widen);
    x = tape.sum(x, tape.linear(tape.activation(wide, 'gelu'), width, block.narrow));
  }
  const logits = tape.linear(tape.layerNorm(x, layout.norm), symbols, layout.head);
  const engine = tape.build(logits, labels);
  const tokenWords = engine.words(tokens, rows);
  const labelWords = engine.words(labels, rows);
  return asLoss(engine, (starts) => {
    for (let b = 0; b < batch; b++) {
      const from = starts[b];
      tokenWords.set(text.subarray(from, from + context), b * context);
      labelWords.set(text.subarray(from + 1, from + context + 1), b * context);
    }
  });
}

/**
 * Normal weights of deviation 0.64 / √inputs, for layers that add to the stream divided by
 * √(2 · blocks) (Radford et al. 2019), embeddings of 0.02; gains 1.
 */
export function initialTransformer(
  {
    layers,
    width,
    symbols,
    context,
    table,
    positions,
    blocks,
    norm,
    head,
    count,
  }: TransformerLayout,
  scale: number,
  rng: Rng,
): Float64Array {
  const parameters = new Float64Array(count);
  const normal = createNormal(rng);
  const draw = (from: number, size: number, deviation: number): void => {
    for (let i = from; i < from + size; i++) parameters[i] = scale * deviation * normal();
  };
  const inner = 0.64 / Math.sqrt(width);
  const added = inner / Math.sqrt(2 * layers);
  draw(table, symbols * width, 0.02);
  draw(positions, context * width, 0.02);
  for (const { norm1, qkv, project, norm2, widen, narrow } of blocks) {
    parameters.fill(1, norm1, norm1 + width);
    draw(qkv, 3 * width * width, inner);
    draw(project, width * width, added);
    parameters.fill(1, norm2, norm2 + width);
    draw(widen, 4 * width * width, inner);
    draw(narrow, 4 * width * width, added / 2);
  }
  parameters.fill(1, norm, norm + width);
  draw(head, width * symbols, inner);
  return parameters;
}
