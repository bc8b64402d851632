/** The page's icons: 16 px strokes in the current colour, hidden from screen readers. */
import type { ReactNode } from 'react';

const paths = {
  play: <path d="M4.5 2.8v10.4l8.6-5.2z" fill="currentColor" />,
  pause: <path d="M5 3v10M11 3v10" />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" rx="1" fill="currentColor" />,
  step: <path d="M4 3v10l6-5zM12 3v10" />,
  undo: <path d="M6 3 3 6l3 3M3.4 6H9a4 4 0 0 1 0 8H7" />,
  redo: <path d="m10 3 3 3-3 3m2.6-3H7a4 4 0 0 0 0 8h2" />,
  open: <path d="M2 12.5v-9h4l1.5 2H14v7z" />,
  save: <path d="M8 2v8m-3.2-3L8 10.2 11.2 7M2.5 11v2.5h11V11" />,
  share: (
    <>
      <circle cx="4" cy="8" r="2" />
      <circle cx="12" cy="3.6" r="2" />
      <circle cx="12" cy="12.4" r="2" />
      <path d="m5.8 7 4.4-2.4M5.8 9l4.4 2.4" />
    </>
  ),
  dice: (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" rx="2" />
      <path d="M5.5 5.5h.01M10.5 5.5h.01M8 8h.01M5.5 10.5h.01M10.5 10.5h.01" strokeWidth="2" />
    </>
  ),
  fit: <path d="M2.5 6V2.5H6m4 0h3.5V6m0 4v3.5H10m-4 0H2.5V10" />,
  image: (
    <>
      <rect x="2" y="3" width="12" height="10" rx="1.5" />
      <path d="m2.5 11.5 3.5-4 3 3 1.8-1.8 2.7 2.6" />
    </>
  ),
  pin: <path d="M6 2.5h4l-.6 4L12 9H4l2.6-2.5zM8 9v5" />,
  close: <path d="m4 4 8 8m0-8-8 8" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  chevron: <path d="m4 6 4 4 4-4" />,
  panelLeft: <path d="M2 3h12v10H2zM6 3v10" />,
  panelRight: <path d="M2 3h12v10H2zM10 3v10" />,
  panelBelow: <path d="M2 3h12v10H2zM2 9h12" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.5v1.8m0 9.4v1.8M1.5 8h1.8m9.4 0h1.8M3.4 3.4l1.3 1.3m6.6 6.6 1.3 1.3m0-9.2-1.3 1.3m-6.6 6.6-1.3 1.3" />
    </>
  ),
  moon: <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />,
  help: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.2 6.4a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.8.5-.8 1.1m0 1.9h.01" />
    </>
  ),
  gallery: (
    <path d="M2.5 2.5h4.6v4.6H2.5zM8.9 2.5h4.6v4.6H8.9zM2.5 8.9h4.6v4.6H2.5zM8.9 8.9h4.6v4.6H8.9z" />
  ),
  command: <path d="m3 5 3 3-3 3m4.5 0H13" />,
  sliders: <path d="M2 5h7m4 0h1M2 11h1m4 0h7M11 3.2v3.6M5 9.2v3.6" />,
  table: <path d="M2 3h12v10H2zM2 6.4h12M2 9.7h12M6.5 3v10" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {paths[name]}
    </svg>
  );
}

/** The brand mark: the incumbent stepping down to the proven bound. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M2 4h5v3h4v4h3v3h4" stroke="var(--accent)" strokeWidth="2.4" />
      <path d="M2 17h16" stroke="var(--bound)" strokeWidth="1.6" strokeDasharray="2 2" />
    </svg>
  );
}
