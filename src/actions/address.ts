/** Keeps the address bar honest: a reload must bring back what is on the page. */
import { encodeDocument } from '../share/link.ts';
import type { AddressBar } from '../share/location.ts';
import { loadedOf, type App } from './app.ts';

/**
 * An unedited gallery or generated instance shows its short link. Edited work shows none, so that
 * a reload finds the autosave and not the link it began with.
 */
export function followAddress(app: App, bar: AddressBar): () => void {
  return app.document.subscribe((state, before) => {
    if (state.id === before.id && state.edited === before.edited) return;
    const { kind } = state.origin;
    if (state.edited || (kind !== 'gallery' && kind !== 'generator')) {
      if (kind !== 'link' || state.edited) bar.write('');
      return;
    }
    const { id } = state;
    void encodeDocument(state, loadedOf(app).family).then(({ hash }) => {
      if (app.document.getState().id === id) bar.write(hash);
    });
  });
}
