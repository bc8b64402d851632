/** Speech for screen readers: at most one message a second, the latest wins. */
export interface Announcer {
  say(message: string): void;
  dispose(): void;
}

export function createAnnouncer(write: (message: string) => void, intervalMs = 1000): Announcer {
  let waiting: string | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function tick(): void {
    timer = null;
    if (waiting === null) return;
    const message = waiting;
    waiting = null;
    write(message);
    timer = setTimeout(tick, intervalMs);
  }

  return {
    say(message) {
      if (message === '') return;
      waiting = message;
      if (timer === null) tick();
    },
    dispose() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = null;
    },
  };
}
