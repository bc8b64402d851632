import { useRef } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { nearestMark, tickMarks } from './scrub.ts';
import styles from './Scrubber.module.css';
import { Tooltip } from './Tooltip.tsx';

export interface ScrubberProps {
  /** Where each incumbent lies along the slider, rising, in [0, 1]. */
  marks: ArrayLike<number>;
  /** Index of the incumbent shown; −1 when there is none. */
  value: number;
  onChange(index: number): void;
  /** Replays by itself; the button toggles it. */
  playing: boolean;
  onPlay(playing: boolean): void;
  /** What is shown: "incumbent 23 of 24 · 0.71 s". */
  text: string;
}

/** The time slider over a run's incumbents, with first, back, play, on and last. */
export function Scrubber(props: ScrubberProps) {
  const { marks, value, onChange, playing, onPlay, text } = props;
  const slider = useRef<HTMLDivElement>(null);
  const last = marks.length - 1;
  const empty = last < 0;
  const at = value >= 0 && value <= last ? marks[value] : 0;

  const go = (index: number) => {
    const next = Math.max(0, Math.min(last, index));
    if (!empty && next !== value) onChange(next);
  };

  function onKeyDown(event: React.KeyboardEvent): void {
    const page = Math.max(2, Math.round(marks.length / 10));
    const to = {
      ArrowLeft: value - 1,
      ArrowDown: value - 1,
      ArrowRight: value + 1,
      ArrowUp: value + 1,
      PageDown: value - page,
      PageUp: value + page,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  }

  function drag(event: React.PointerEvent): void {
    const box = slider.current!.getBoundingClientRect();
    go(nearestMark(marks, (event.clientX - box.left) / Math.max(1, box.width)));
  }

  const button = (icon: IconName, label: string, shortcut: string, to: number, off: boolean) => (
    <Tooltip text={label} shortcut={shortcut} side="top">
      <button
        type="button"
        className="ghost icon"
        aria-label={label}
        disabled={empty || off}
        onClick={() => go(to)}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );

  return (
    <div className={styles.bar} role="group" aria-label="Replay">
      {button('first', 'First incumbent', 'Home', 0, value <= 0)}
      {button('back', 'Step back', '←', value - 1, value <= 0)}
      <Tooltip text={playing ? 'Pause the replay' : 'Replay the incumbents'} side="top">
        <button
          type="button"
          className="ghost icon"
          aria-label={playing ? 'Pause the replay' : 'Replay the incumbents'}
          disabled={last < 1}
          onClick={() => onPlay(!playing)}
        >
          <Icon name={playing ? 'pause' : 'play'} />
        </button>
      </Tooltip>
      {button('step', 'Step on', '→', value + 1, value >= last)}
      {button('last', 'Last incumbent', 'End', last, value >= last)}
      <div
        ref={slider}
        className={styles.slider}
        role="slider"
        tabIndex={empty ? -1 : 0}
        aria-label="Incumbent shown"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, marks.length)}
        aria-valuenow={Math.max(1, value + 1)}
        aria-valuetext={text}
        aria-disabled={empty}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (empty || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
        }}
      >
        <div className={styles.track} />
        {!empty && <div className={styles.done} style={{ width: `${at * 100}%` }} />}
        <svg className={styles.ticks} aria-hidden="true">
          {tickMarks(marks, 240).map((mark) => (
            <rect key={mark} x={`${mark * 100}%`} width="1" height="10" />
          ))}
        </svg>
        {!empty && <div className={styles.thumb} style={{ left: `${at * 100}%` }} />}
      </div>
      <span className={styles.text}>{text}</span>
    </div>
  );
}
