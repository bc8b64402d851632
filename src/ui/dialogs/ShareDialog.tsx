import { useEffect, useState } from 'react';
import { copyText, exportChoices } from '../../actions/export.ts';
import { formatNumber } from '../../core/format.ts';
import { encodeDocument, type EncodedLink } from '../../share/link.ts';
import { createAddressBar } from '../../share/location.ts';
import { qrCode, type QrCode } from '../../share/qr.ts';
import { useApp, useLoaded } from '../context.ts';
import { Dialog } from '../widgets/Dialog.tsx';
import styles from './ShareDialog.module.css';

interface Shared {
  url: string;
  link: EncodedLink;
  qr: QrCode | string;
}

/** The link of the document: text to copy, a QR code, or a file when the link would be too long. */
export function ShareDialog({ onClose }: { onClose(): void }) {
  const app = useApp();
  const { family } = useLoaded();
  const [shared, setShared] = useState<Shared | null>(null);
  useEffect(() => {
    let isStale = false;
    const bar = createAddressBar();
    void (async () => {
      const link = await encodeDocument(app.document.getState(), family);
      const url = bar.url(link.hash);
      const qr = await qrCode(url);
      if (!isStale) setShared({ url, link, qr: qr.ok ? qr.value : qr.issues[0].message });
    })();
    return () => {
      isStale = true;
      bar.dispose();
    };
  }, [app, family]);

  const saveFile = () =>
    void exportChoices(app)
      .find(({ id }) => id === 'document')
      ?.run();
  return (
    <Dialog open title="Share" onClose={onClose}>
      {shared === null ? (
        <p className="hint">Packing the instance</p>
      ) : shared.link.fits === 'too-long' ? (
        <div className={styles.share}>
          <p>
            The link would have {formatNumber(shared.link.length)} characters, more than a browser
            reads. Share the document as a file: it opens by dropping it on the page.
          </p>
          <button type="button" className="primary" onClick={saveFile}>
            Save the file
          </button>
        </div>
      ) : (
        <div className={styles.share}>
          <label htmlFor="share-link">
            Instance, solver, parameters and seed in {formatNumber(shared.url.length)} characters.
            {shared.link.fits === 'long' && ' Some programs cut links this long; a file is safer.'}
          </label>
          <textarea
            id="share-link"
            className="mono"
            readOnly
            rows={4}
            value={shared.url}
            onFocus={(event) => event.target.select()}
          />
          <div className={styles.buttons}>
            <button
              type="button"
              className="primary"
              onClick={() => void copyText(app, shared.url, 'The link is copied.')}
            >
              Copy link
            </button>
            <button type="button" onClick={saveFile}>
              Save as file
            </button>
          </div>
          {typeof shared.qr === 'string' ? (
            <p className="hint">{shared.qr}</p>
          ) : (
            <svg
              className={styles.qr}
              viewBox={`-2 -2 ${shared.qr.size + 4} ${shared.qr.size + 4}`}
              role="img"
              aria-label="QR code of the link"
              shapeRendering="crispEdges"
            >
              <rect x="-2" y="-2" width="100%" height="100%" fill="#fff" />
              <path d={shared.qr.path} fill="#000" />
            </svg>
          )}
          <p className="hint">
            The instance is in the link itself; nothing is stored on a server. Opening it makes a
            new document and runs nothing.
          </p>
        </div>
      )}
    </Dialog>
  );
}
