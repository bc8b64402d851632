import { useEffect, useRef, useState } from 'react';

/** The value, renewed at most every `milliseconds`; the last one always arrives. */
export function useThrottled<T>(value: T, milliseconds: number): T {
  const [shown, setShown] = useState(value);
  const lastTime = useRef(0);
  useEffect(() => {
    const wait = lastTime.current + milliseconds - performance.now();
    const renew = () => {
      lastTime.current = performance.now();
      setShown(value);
    };
    if (wait <= 0) {
      renew();
      return;
    }
    const timer = setTimeout(renew, wait);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return shown;
}
