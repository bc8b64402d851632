/** Control points and segments as editable tables. */
import { fail, ok, type Result } from '../../../core/result.ts';
import type { FieldType, FieldValue, Grid } from '../../views.ts';
import {
  addPoint,
  bodySpan,
  pieceSteps,
  removePoint,
  setCooldown,
  setWarmup,
  toPieces,
  withSchedule,
} from '../edit.ts';
import { LIMITS, type Instance } from '../instance.ts';
import { SHAPES, bodyInfo, type Piece, type PointsBody } from '../schedule.ts';
import { validate } from '../schema.ts';
import { ratesOf } from './common.ts';

type LrGrid = Grid<Instance>;

const wholeSteps: FieldType = { type: 'number', min: 0, max: LIMITS.steps, integer: true };
const multiple: FieldType = { type: 'number', min: 0, max: 1000 };

function pointsGrid(instance: Instance, body: PointsBody): LrGrid {
  const { first, last } = bodySpan(instance);
  const { peak } = instance.schedule;
  const { points } = body;
  const cell = (row: number, column: number): FieldValue =>
    column === 0
      ? Math.round((first + points[row][0] * (last - first)) * 1000) / 1000
      : Number((peak * points[row][1]).toPrecision(6));
  const change = (next: PointsBody['points']) =>
    validate(withSchedule(instance, { body: { ...body, points: next } }));
  return {
    id: 'points',
    title: 'Control points',
    columns: [
      {
        id: 'step',
        label: 'Step',
        help: 'Between the end of the warm-up and the start of the cooldown.',
        field: { type: 'number', min: first, max: last },
      },
      { id: 'rate', label: 'Learning rate', field: { type: 'number', min: 0, max: 1000 * peak } },
    ],
    rows: points.length,
    rowLabel: (row) => `Point ${row + 1}`,
    element: (row) => `point:${row}`,
    cell,
    set(row, column, value) {
      if (value === cell(row, column)) return ok(instance);
      if (typeof value !== 'number' || !Number.isFinite(value))
        return fail({ message: 'This must be a number.' });
      if (column === 0 && last === first)
        return fail({ message: 'Warm-up and cooldown leave no steps between them.' });
      const at = column === 0 ? (value - first) / (last - first) : points[row][0];
      const height = column === 1 ? value / peak : points[row][1];
      return change(points.map((point, i) => (i === row ? [at, height] : point)));
    },
    addRow: {
      label: 'Add point',
      apply() {
        const [step, rate] = roomiest(instance, body);
        const added = addPoint(instance, step, rate);
        return added
          ? ok(added.instance)
          : fail({ message: 'There is no room for another control point.' });
      },
    },
    removeRow(row) {
      const next = removePoint(instance, row);
      return next ? ok(next) : fail({ message: 'A curve needs at least one control point.' });
    },
  };
}

/** The middle of the widest gap between control points, and the curve's height there. */
function roomiest(instance: Instance, { points }: PointsBody): [number, number] {
  const { first, last } = bodySpan(instance);
  const places = [0, ...points.map(([at]) => at), 1];
  let widest = 0;
  for (let i = 0; i + 1 < places.length; i++)
    if (places[i + 1] - places[i] > places[widest + 1] - places[widest]) widest = i;
  const at = (places[widest] + places[widest + 1]) / 2;
  const step = first + at * (last - first);
  return [step, ratesOf(instance)[Math.round(step)]];
}

/** Rows: warm-up, the body (one row, or one for each segment), cooldown. */
function segmentsGrid(instance: Instance): LrGrid {
  const { schedule } = instance;
  const { warmup, body, cooldown } = schedule;
  const pieces = body.kind === 'pieces' ? body.pieces : null;
  const lengths = pieces ? pieceSteps(instance, pieces) : [];
  const bodyRows = pieces?.length ?? 1;
  const lastRow = bodyRows + 1;
  const { first, last } = bodySpan(instance);

  const pieceCell = (piece: Piece, index: number, column: number): FieldValue =>
    [piece.shape, lengths[index], piece.from, piece.to][column];

  function cell(row: number, column: number): FieldValue | null {
    if (row === 0) return [warmup.shape, warmup.steps, warmup.from, null][column];
    if (row === lastRow) return [cooldown.shape, cooldown.steps, null, cooldown.to][column];
    return pieces ? pieceCell(pieces[row - 1], row - 1, column) : null;
  }

  const withPieces = (next: readonly Piece[]): Result<Instance> =>
    validate(withSchedule(instance, { body: { kind: 'pieces', pieces: next } }));

  /** One segment gets so many steps; the others share the rest as before. */
  function setLength(list: readonly Piece[], index: number, value: FieldValue): Result<Instance> {
    const others = lengths.reduce((sum, length, i) => (i === index ? sum : sum + length), 0);
    const room = last - first;
    if (typeof value !== 'number' || !(value > 0) || (list.length > 1 && value >= room))
      return fail({ message: `The segment must have between 1 and ${room - 1} steps.` });
    const rest = list.map((piece, i) =>
      i === index
        ? { ...piece, share: value }
        : { ...piece, share: Math.max(1e-6, ((room - value) * lengths[i]) / (others || 1)) },
    );
    return withPieces(rest);
  }

  function set(row: number, column: number, value: FieldValue): Result<Instance> {
    if (value === cell(row, column)) return ok(instance);
    const key = ['shape', 'steps', 'from', 'to'][column];
    if (row === 0)
      return validate({
        ...instance,
        schedule: { ...schedule, warmup: { ...warmup, [key]: value } },
      });
    if (row === lastRow)
      return validate({
        ...instance,
        schedule: { ...schedule, cooldown: { ...cooldown, [key]: value } },
      });
    if (!pieces) return fail({ message: 'Choose "Segments" as the schedule to edit this.' });
    if (column === 1) return setLength(pieces, row - 1, value);
    return withPieces(
      pieces.map((piece, i) => (i === row - 1 ? ({ ...piece, [key]: value } as Piece) : piece)),
    );
  }

  return {
    id: 'segments',
    title: 'Segments',
    columns: [
      { id: 'shape', label: 'Shape', field: { type: 'choice', options: SHAPES } },
      { id: 'steps', label: 'Steps', field: wholeSteps },
      { id: 'from', label: 'From', help: 'Multiple of the peak.', field: multiple },
      { id: 'to', label: 'To', help: 'Multiple of the peak.', field: multiple },
    ],
    rows: bodyRows + 2,
    rowLabel: (row) =>
      row === 0
        ? 'Warm-up'
        : row === lastRow
          ? 'Cooldown'
          : pieces
            ? `Segment ${row}`
            : bodyInfo(body.kind).name,
    cell,
    set,
    addRow: {
      label: 'Add segment',
      apply() {
        const list = toPieces(instance);
        if (list.length >= LIMITS.pieces)
          return fail({ message: `At most ${LIMITS.pieces} segments are possible.` });
        const end = list[list.length - 1].to;
        const share = list.reduce((sum, piece) => sum + piece.share, 0) / list.length;
        return withPieces([...list, { share, shape: 'linear', from: end, to: end }]);
      },
    },
    removeRow(row) {
      if (row === 0) return ok(setWarmup(instance, 0));
      if (row === lastRow) return ok(setCooldown(instance, 0));
      if (!pieces || pieces.length < 2)
        return fail({ message: 'The curve needs something between warm-up and cooldown.' });
      return withPieces(pieces.filter((_, i) => i !== row - 1));
    },
  };
}

export function grids(instance: Instance): LrGrid[] {
  const { body } = instance.schedule;
  return body.kind === 'points'
    ? [pointsGrid(instance, body), segmentsGrid(instance)]
    : [segmentsGrid(instance)];
}
