/** Names that stand at their lines, in place of a legend. */
import type { CustomSeriesOption } from 'echarts';
import type { StepPoint } from './steps.ts';

/** Pixels of a line of text of 11 px, and of its letters at their widest mean. */
const NAME_HEIGHT = 13;
const LETTER_WIDTH = 6;
/** Behind its beginning a line soon leaves the height it began at. */
const NEAR = 60;

export interface LineName {
  at: StepPoint | undefined;
  text: string;
  colour: string;
  /** The line is level: its name may as well stand further on, here. */
  further?: StepPoint;
}

/** Names at the beginning of the lines, in place of a legend. */
export function nameSeries(halo: string, names: readonly LineName[]): CustomSeriesOption {
  const shown = names.filter((name) => name.at !== undefined);
  return {
    type: 'custom',
    id: 'names',
    silent: true,
    tooltip: { show: false },
    z: 5,
    data: shown.map((name) => [...name.at!]),
    renderItem: (params, api) => {
      const placed = placeNames(
        shown.map(({ at, text, further }) => ({
          text,
          spots: [at!, ...(further ? [further] : [])].map((point) => api.coord([...point])),
        })),
      );
      const { text, colour } = shown[params.dataIndex];
      const { x, y, above } = placed[params.dataIndex];
      return {
        type: 'text',
        style: {
          text,
          x,
          y,
          fill: colour,
          stroke: halo,
          lineWidth: 3,
          font: '11px "IBM Plex Sans Variable", system-ui, sans-serif',
          textVerticalAlign: above ? 'bottom' : 'top',
        },
      };
    },
  };
}

export interface PlacedName {
  /** Pixels; y is the edge next to the line. */
  x: number;
  y: number;
  above: boolean;
}

/**
 * Each name above its line, or below, or further on: the first place where neither a name before it
 * nor the beginning of another line lies. `spots` are pixels on the line, its beginning first.
 */
export function placeNames(
  names: readonly { text: string; spots: readonly (readonly number[])[] }[],
): PlacedName[] {
  const boxes: { left: number; right: number; top: number; bottom: number }[] = [];
  return names.map((name) => {
    const places = name.spots.flatMap(([x, y]) =>
      [true, false].map((above) => {
        const edge = y + (above ? -4 : 4);
        const top = above ? edge - NAME_HEIGHT : edge;
        const left = x + 4;
        const right = left + name.text.length * LETTER_WIDTH;
        return { x: left, y: edge, above, left, right, top, bottom: top + NAME_HEIGHT };
      }),
    );
    const isFree = ({ left, right, top, bottom }: (typeof places)[number]) =>
      boxes.every((b) => b.left > right || b.right < left || b.top > bottom || b.bottom < top) &&
      names.every(
        ({ spots: [[x, y]] }, i) =>
          names[i] === name || x > right || x < left - NEAR || y < top || y > bottom,
      );
    const place = places.find(isFree) ?? places[0];
    boxes.push(place);
    return { x: place.x, y: place.y, above: place.above };
  });
}
