/** Line icons on a 16 px grid, in the colour of the text. */
const paths = {
  play: 'M5 3.2v9.6L12.5 8Z',
  pause: 'M5 3v10M11 3v10',
  stop: 'M4 4h8v8H4Z',
  step: 'M4 3.4v9.2L10 8ZM12 3.5v9',
  back: 'M12 3.4v9.2L6 8ZM4 3.5v9',
  first: 'M12.5 3.4v9.2L7 8ZM7 3.4v9.2L2 8Z',
  last: 'M3.5 3.4v9.2L9 8ZM9 3.4v9.2L14 8Z',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  down: 'M4 6.2L8 10.2l4-4',
  up: 'M4 9.8L8 5.8l4 4',
  right: 'M6.2 4L10.2 8l-4 4',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 8.5h6l.5-8.5M7 7v3.5M9 7v3.5',
  copy: 'M5.5 5.5h7v7h-7ZM3.5 10.5v-7h7',
  fit: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
  reset: 'M3.5 8a4.5 4.5 0 1 0 1.4-3.2M3.2 2.6v2.6h2.6',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  pin: 'M8 10v4M5 3h6M6 3v4l-1.5 3h7L10 7V3',
  download: 'M8 2.5v7.5M5 7.2L8 10.2l3-3M3 13h10',
  share: 'M8 10V2.5M5 5.2L8 2.2l3 3M3.5 8v5h9V8',
  undo: 'M6 3L3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7',
  redo: 'M10 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 1 0 0-5.6M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z',
  warn: 'M8 2.5L14 13H2ZM8 6.5v3M8 11.3v.01',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8M10 10l3.5 3.5',
  dice: 'M3 3h10v10H3ZM6 6h.01M10 10h.01M10 6h.01M6 10h.01',
  file: 'M4 2.5h5l3 3v8H4ZM9 2.5v3h3',
} as const;

export type IconName = keyof typeof paths;

const filled: ReadonlySet<IconName> = new Set(['play', 'stop', 'step', 'back', 'first', 'last']);

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={filled.has(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
