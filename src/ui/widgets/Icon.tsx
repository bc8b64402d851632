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
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M4 6.2L8 10.2l4-4',
  up: 'M4 9.8L8 5.8l4 4',
  copy: 'M5.5 5.5h7v7h-7ZM3.5 10.5v-7h7',
  fit: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
  reset: 'M3.5 8a4.5 4.5 0 1 0 1.4-3.2M3.2 2.6v2.6h2.6',
  pin: 'M8 10v4M5 3h6M6 3v4l-1.5 3h7L10 7V3',
  share: 'M8 10V2.5M5 5.2L8 2.2l3 3M3.5 8v5h9V8',
  undo: 'M6 3L3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7',
  redo: 'M10 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8M10 10l3.5 3.5',
  dice: 'M3 3h10v10H3ZM6 6h.01M10 10h.01M10 6h.01M6 10h.01',
  open: 'M2 12.5v-9h4l1.5 2H14v7Z',
  gallery: 'M2.5 2.5h4.6v4.6H2.5ZM8.9 2.5h4.6v4.6H8.9ZM2.5 8.9h4.6v4.6H2.5ZM8.9 8.9h4.6v4.6H8.9Z',
  command: 'M3 5l3 3-3 3M7.5 11H13',
  help: 'M8 2a6 6 0 1 0 0 12 6 6 0 1 0 0-12M6.2 6.4a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.8.5-.8 1.1M8 11.2h.01',
  sliders: 'M2 5h7M13 5h1M2 11h1M7 11h7M11 3.2v3.6M5 9.2v3.6',
  chart: 'M2.5 2.5v11h11M5 10.5l2.6-3.4 2.2 1.7L13 4.5',
  table: 'M2 3h12v10H2ZM2 6.4h12M2 9.7h12M6.5 3v10',
  save: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 11v2.5h11V11',
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
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
