import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { rowWindow, scrollToRow, windowFrom, type RowWindow } from './rows.ts';

export interface Rows extends RowWindow {
  rowHeight: number;
  /** Rows that fit at once. */
  page: number;
  reveal(row: number): void;
}

/** The rows of a scrolling table to draw. `rowHeight` in px, the same for head and rows. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  rowHeight: number,
): Rows {
  const [shown, setShown] = useState<RowWindow>({ first: 0, end: Math.min(rows, windowFrom) });
  const page = useRef(10);

  const update = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    page.current = Math.max(1, Math.floor(element.clientHeight / rowHeight) - 1);
    const next = rowWindow(element.scrollTop, element.clientHeight, rowHeight, rows);
    setShown((old) => (old.first === next.first && old.end === next.end ? old : next));
  }, [scroller, rows, rowHeight]);

  useLayoutEffect(() => {
    const element = scroller.current!;
    update();
    element.addEventListener('scroll', update, { passive: true });
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', update);
      observer.disconnect();
    };
  }, [scroller, update]);

  const reveal = useCallback(
    (row: number) => {
      const element = scroller.current;
      if (!element || row < 0) return;
      element.scrollTop = scrollToRow(
        row,
        element.scrollTop,
        element.clientHeight,
        rowHeight,
        rowHeight,
      );
    },
    [scroller, rowHeight],
  );

  return {
    first: Math.min(shown.first, rows),
    end: Math.min(shown.end, rows),
    rowHeight,
    page: page.current,
    reveal,
  };
}

/** Row height for mouse or finger, px. */
export const tableRowHeight = (): number => (matchMedia('(pointer: coarse)').matches ? 34 : 24);
