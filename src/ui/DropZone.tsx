import { useEffect, useState, type ReactNode } from 'react';
import { openFile, openInput } from '../actions/open.ts';
import { isTyping } from '../actions/shortcuts.ts';
import { useApp } from './context.ts';
import styles from './DropZone.module.css';

/** Files dropped anywhere, and text pasted outside of text fields, are opened. */
export function DropZone({ children }: { children: ReactNode }) {
  const app = useApp();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || app.shell.getState().dialog !== null) return;
      const file = event.clipboardData?.files[0];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!file && text.trim() === '') return;
      event.preventDefault();
      if (file) void openFile(app, file);
      else void openInput(app, text, '');
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [app]);
  return (
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false);
      }}
      onDrop={(event) => {
        const file = event.dataTransfer.files[0];
        setOver(false);
        if (!file) return;
        event.preventDefault();
        void openFile(app, file);
      }}
    >
      {children}
      {isOver && <div className={styles.over}>Drop an instance or a solution</div>}
    </div>
  );
}
