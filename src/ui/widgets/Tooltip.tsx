import {
  cloneElement,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type Ref,
  type RefObject,
} from 'react';
import { moveBeside, type Side } from './placement.ts';
import styles from './Tooltip.module.css';

export interface TooltipProps {
  /** Nothing is shown when empty. */
  text: string;
  /** Key names, shown beside the text: "Ctrl K". */
  shortcut?: string;
  side?: Side;
  /** What it is about; takes pointer and focus handlers and a ref. */
  children: ReactElement<TriggerProps>;
}

interface TriggerProps {
  ref?: Ref<HTMLElement>;
  'aria-describedby'?: string;
  onPointerEnter?(event: React.PointerEvent): void;
  onPointerLeave?(event: React.PointerEvent): void;
  onPointerDown?(event: React.PointerEvent): void;
  onFocus?(event: React.FocusEvent): void;
  onBlur?(event: React.FocusEvent): void;
}

const delayMs = 450;

/** A short text beside a control, on hover and on keyboard focus; Escape hides it. */
export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  const child = children.props;
  const ref = useMergedRef(child.ref, anchor);

  const show = (delay: number) => {
    clearTimeout(timer.current);
    if (text) timer.current = setTimeout(() => setOpen(true), delay);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setOpen(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  const trigger = cloneElement(children, {
    ref,
    'aria-describedby': open ? id : child['aria-describedby'],
    onPointerEnter(event: React.PointerEvent) {
      child.onPointerEnter?.(event);
      if (event.pointerType !== 'touch') show(delayMs);
    },
    onPointerLeave(event: React.PointerEvent) {
      child.onPointerLeave?.(event);
      hide();
    },
    onPointerDown(event: React.PointerEvent) {
      child.onPointerDown?.(event);
      hide();
    },
    onFocus(event: React.FocusEvent) {
      child.onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible')) show(0);
    },
    onBlur(event: React.FocusEvent) {
      child.onBlur?.(event);
      hide();
    },
  });

  return (
    <>
      {trigger}
      {open && (
        <Bubble id={id} anchor={anchor} side={side} onClose={hide}>
          {text}
          {shortcut && <kbd>{shortcut}</kbd>}
        </Bubble>
      )}
    </>
  );
}

interface BubbleProps {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  side: Side;
  onClose(): void;
  children: React.ReactNode;
}

function Bubble({ id, anchor, side, onClose, children }: BubbleProps) {
  const tip = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    tip.current!.showPopover();
    moveBeside(tip.current!, anchor.current!, side, 'center');
  }, [anchor, side, children]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    addEventListener('keydown', onKey, true);
    addEventListener('scroll', onClose, true);
    return () => {
      removeEventListener('keydown', onKey, true);
      removeEventListener('scroll', onClose, true);
    };
  }, [onClose]);

  return (
    <span ref={tip} id={id} role="tooltip" popover="manual" className={styles.tip}>
      {children}
    </span>
  );
}

function useMergedRef(theirs: Ref<HTMLElement> | undefined, ours: RefObject<HTMLElement | null>) {
  return useCallback(
    (element: HTMLElement | null) => {
      ours.current = element;
      if (typeof theirs === 'function') theirs(element);
      else if (theirs) theirs.current = element;
    },
    [theirs, ours],
  );
}
