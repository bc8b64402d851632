/** Which tab owns a document: by web locks, else by asking the other tabs. */

export interface Claims {
  /** Whether this tab may save under `id` from now on; gives up the id it had before. */
  claim(id: string): Promise<boolean>;
  release(): void;
}

/** The parts of the browser that are used; either may be missing. */
export interface ClaimHost {
  locks?: Pick<LockManager, 'request'>;
  channel?: () => BroadcastChannel;
}

/** Tabs answer at once; a tab in the background may take a moment. */
const WAIT = 200;

const browserHost = (): ClaimHost => ({
  locks: globalThis.navigator?.locks,
  channel:
    typeof BroadcastChannel === 'undefined'
      ? undefined
      : () => new BroadcastChannel('incumbent.documents'),
});

export function createClaims(host: ClaimHost = browserHost()): Claims {
  let held: { id: string; release(): void } | null = null;
  const release = () => {
    held?.release();
    held = null;
  };
  return {
    async claim(id) {
      if (held?.id === id) return true;
      release();
      let drop: (() => void) | null = null;
      try {
        if (host.locks) drop = await lock(host.locks, `incumbent.document.${id}`);
        else if (host.channel) drop = await ask(host.channel(), id);
        else drop = () => undefined;
      } catch {
        // Locks are denied in some third-party frames; nobody to share with there.
        drop = () => undefined;
      }
      if (!drop) return false;
      held = { id, release: drop };
      return true;
    },
    release,
  };
}

/** Holds a lock until the returned function is called (or the tab closes); null: it is taken. */
function lock(locks: Pick<LockManager, 'request'>, name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (granted) => {
        if (!granted) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((drop) => resolve(() => drop()));
      })
      .catch(reject);
  });
}

interface Question {
  kind: 'who' | 'mine';
  id: string;
  /** Of two that ask at once, the lower one wins. */
  ticket: number;
}

function ask(channel: BroadcastChannel, id: string): Promise<(() => void) | null> {
  const [ticket] = crypto.getRandomValues(new Uint32Array(1));
  const say = (kind: Question['kind']) =>
    channel.postMessage({ kind, id, ticket } satisfies Question);
  return new Promise((resolve) => {
    let isMine = false;
    const timer = setTimeout(() => {
      isMine = true;
      resolve(() => channel.close());
    }, WAIT);
    const lose = () => {
      clearTimeout(timer);
      channel.close();
      resolve(null);
    };
    channel.onmessage = ({ data }: MessageEvent<Question>) => {
      if (data.id !== id) return;
      if (data.kind === 'who') {
        // The other may have asked before this channel was open, so both sides must decide alike.
        if (isMine || ticket < data.ticket) say('mine');
        else lose();
      } else if (!isMine) lose();
    };
    say('who');
  });
}
