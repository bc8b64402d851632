import { useLive } from './context.ts';
import { useThrottled } from './useThrottled.ts';

const CHART_MILLISECONDS = 250;

/** The live run's state, renewed at the charts' pace. */
export const useSlowLive = () =>
  useThrottled(
    useLive((state) => state),
    CHART_MILLISECONDS,
  );
