import { useEffect, useState } from 'react';
import { openGallery } from '../../actions/open.ts';
import { formatNumber } from '../../core/format.ts';
import type { AnyFamily, FamilyId } from '../../problems/family.ts';
import { families } from '../../problems/registry.ts';
import { useApp, useLoaded } from '../context.ts';
import { Dialog } from '../widgets/Dialog.tsx';
import { Segmented } from '../widgets/Segmented.tsx';
import styles from './GalleryDialog.module.css';

/** Named instances of every family, with what is known of their optima. */
export function GalleryDialog({ onClose }: { onClose(): void }) {
  const app = useApp();
  const { family: current } = useLoaded();
  const [id, setId] = useState<FamilyId>(current.id);
  const [family, setFamily] = useState<AnyFamily>(current);
  const [filter, setFilter] = useState('');
  useEffect(() => {
    let isStale = false;
    const entry = families.find((candidate) => candidate.id === id);
    void entry?.load().then((loaded) => {
      if (!isStale) setFamily(loaded);
    });
    return () => {
      isStale = true;
    };
  }, [id]);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const entries = family.gallery.filter((entry) => {
    const text = `${entry.id} ${entry.name} ${entry.summary} ${entry.source}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <Dialog open title="Gallery" onClose={onClose} width={860}>
      <div className={styles.top}>
        <Segmented
          label="Family"
          options={families.map((entry) => ({ id: entry.id, name: entry.name }))}
          value={id}
          onChange={(next) => setId(next)}
        />
        <input
          type="search"
          aria-label="Search the gallery"
          placeholder="Search"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      <ul className={styles.list}>
        {family.id === id &&
          entries.map((entry) => (
            <li key={entry.id}>
              <button
                type="button"
                className={styles.entry}
                onClick={() => void openGallery(app, family.id, entry.id)}
              >
                <strong>{entry.name}</strong>
                <span className={styles.summary}>{entry.summary}</span>
                <small>
                  {entry.source}
                  {entry.bestKnown &&
                    ` · ${entry.bestKnown.optimal ? 'optimum' : 'best known'} ${formatNumber(
                      entry.bestKnown.value,
                      Number.isInteger(entry.bestKnown.value) ? 0 : 1,
                    )}`}
                </small>
              </button>
            </li>
          ))}
      </ul>
      {family.id === id && entries.length === 0 && (
        <p className="hint">Nothing in the gallery matches “{filter}”.</p>
      )}
    </Dialog>
  );
}
