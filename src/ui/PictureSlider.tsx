import { useEffect, useState } from 'react';
import { frameOf } from '../actions/app.ts';
import type { SceneMode } from '../problems/views.ts';
import { useApp, useDocument, useLive, useShell } from './context.ts';
import styles from './PictureSlider.module.css';
import { useThrottled } from './useThrottled.ts';
import { Icon } from './widgets/Icon.tsx';

/** Milliseconds that playing takes from one end to the other. */
const PLAY_MILLISECONDS = 12_000;

/** What a mode slides along, under its picture: a clock, say, that can also be played. */
export function PictureSlider({ mode }: { mode: SceneMode<unknown, unknown> }) {
  const app = useApp();
  useThrottled(
    useLive((state) => state),
    100,
  );
  useDocument((state) => state.instance);
  const slide = useShell((state) => state.slide);
  const [playing, setPlaying] = useState(false);
  const slider = mode.slider?.(frameOf(app)) ?? null;
  const min = slider?.min ?? 0;
  const max = slider?.max ?? 0;
  const value = Math.min(max, Math.max(min, slide ?? max));

  useEffect(() => {
    if (!playing || max <= min) return;
    const at = app.shell.getState().slide ?? max;
    const from = at >= max ? min : at;
    const began = performance.now();
    let frame = requestAnimationFrame(function show(now) {
      const next = from + ((max - min) * (now - began)) / PLAY_MILLISECONDS;
      app.shell.setState({ slide: next >= max ? null : Math.max(min, next) });
      if (next >= max) setPlaying(false);
      else frame = requestAnimationFrame(show);
    });
    return () => cancelAnimationFrame(frame);
  }, [app, playing, min, max]);

  if (!slider) return null;
  return (
    <div className={styles.bar}>
      <button
        type="button"
        className="ghost icon"
        aria-label={playing ? 'Pause' : 'Play'}
        onClick={() => setPlaying(!playing)}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <input
        type="range"
        aria-label={slider.label}
        aria-valuetext={slider.text(value)}
        min={min}
        max={max}
        step={(max - min) / 500}
        value={value}
        onChange={({ target }) => {
          setPlaying(false);
          const next = Number(target.value);
          app.shell.setState({ slide: next >= max ? null : next });
        }}
      />
      <output>{slider.text(value)}</output>
    </div>
  );
}
