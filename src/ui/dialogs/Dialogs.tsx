import { lazy, Suspense } from 'react';
import type { DialogName } from '../../state/shell.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { GalleryDialog } from './GalleryDialog.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { OpenDialog } from './OpenDialog.tsx';
import { RecentDialog } from './RecentDialog.tsx';
import { ShareDialog } from './ShareDialog.tsx';

const Palette = lazy(() => import('./Palette.tsx'));

/** The one dialog that is open. */
export default function Dialogs({ name, onClose }: { name: DialogName; onClose(): void }) {
  switch (name) {
    case 'gallery':
      return <GalleryDialog onClose={onClose} />;
    case 'open':
      return <OpenDialog onClose={onClose} />;
    case 'export':
      return <ExportDialog onClose={onClose} />;
    case 'share':
      return <ShareDialog onClose={onClose} />;
    case 'help':
      return <HelpDialog onClose={onClose} />;
    case 'recent':
      return <RecentDialog onClose={onClose} />;
    case 'palette':
      return (
        <Suspense>
          <Palette onClose={onClose} />
        </Suspense>
      );
  }
}
