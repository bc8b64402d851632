import { useMemo } from 'react';
import { useDocument, useLoaded } from './context.ts';

/** The best known objective of the open instance, from its content or its gallery entry. */
export function useBestKnown(): { value: number; optimal: boolean } | null {
  const { family } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const origin = useDocument((state) => state.origin);
  return useMemo(() => {
    const entry =
      origin.kind === 'gallery' ? family.gallery.find(({ id }) => id === origin.id) : undefined;
    return family.bestKnown?.(instance) ?? entry?.bestKnown ?? null;
  }, [family, instance, origin]);
}
