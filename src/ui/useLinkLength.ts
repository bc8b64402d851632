import { useEffect, useState } from 'react';
import { encodeDocument } from '../share/link.ts';
import { useDocument, useLoaded } from './context.ts';

const WAIT_MILLISECONDS = 400;
/** Above this many elements no link fits; encoding would be work for nothing. */
const TOO_MANY_ELEMENTS = 40_000;

/** The length of the document's link in characters; null when no link can hold it. */
export function useLinkLength(): number | null {
  const { family } = useLoaded();
  const document = useDocument((state) => state);
  const [length, setLength] = useState<number | null>(0);
  useEffect(() => {
    if (family.id !== document.family) return;
    const timer = setTimeout(() => {
      if (family.elements(document.instance) > TOO_MANY_ELEMENTS) setLength(null);
      else
        void encodeDocument(document, family).then((link) =>
          setLength(link.fits === 'too-long' ? null : link.length),
        );
    }, WAIT_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [document, family]);
  return length;
}
