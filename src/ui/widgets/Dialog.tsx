import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './Dialog.module.css';
import { Icon } from './Icon.tsx';

export interface DialogProps {
  open: boolean;
  /** Escape, the close button or a press beside it. */
  onClose(): void;
  title: string;
  /** px; the phone's width at most. A bottom sheet on phones. */
  width?: number;
  /** Only the content is seen; the title is still spoken. */
  bare?: boolean;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * A modal dialog: the browser's own, which keeps the focus inside, makes the page behind inert and
 * gives the focus back. Its content lives only while it is open.
 */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ onClose, title, width = 560, bare, actions, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  // A layout effect: closed while still in the page, it gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    // A finger would bring the keyboard up with it.
    const field = matchMedia('(pointer: fine)').matches
      ? element.querySelector<HTMLElement>('input, textarea, select')
      : null;
    (field ?? element).focus({ preventScroll: true });
    return () => element.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={styles.dialog}
      style={{ '--dialog-width': `${width}px` } as React.CSSProperties}
      aria-label={title}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        // Only the backdrop lies outside the content.
        if (event.target !== event.currentTarget) return;
        const box = event.currentTarget.getBoundingClientRect();
        const { clientX: x, clientY: y } = event;
        if (x < box.left || x > box.right || y < box.top || y > box.bottom) onClose();
      }}
    >
      {!bare && (
        <header className={styles.head}>
          <h2>{title}</h2>
          <button type="button" className="ghost icon" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
      )}
      <div className={bare ? styles.bare : styles.body}>{children}</div>
      {actions && <footer className={styles.foot}>{actions}</footer>}
    </dialog>
  );
}
