import { usePalette } from './usePalette.ts';
import styles from './table.module.css';

/** A group's label on its hue; a coloured dot before long labels. */
export function Swatch({ hue, label }: { hue: number | undefined; label: string }) {
  const palette = usePalette();
  if (hue === undefined) return <>{label}</>;
  const background = palette.css({ hue });
  if (label.length > 4)
    return (
      <>
        <span className={styles.dot} style={{ background }} aria-hidden="true" />
        {label}
      </>
    );
  return (
    <span className={styles.swatch} style={{ background, color: palette.textOn({ hue }, 1) }}>
      {label}
    </span>
  );
}
