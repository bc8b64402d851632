/** Documents from tab to tab of this browser, by message. Nothing is stored. */

const CHANNEL = 'incumbent.handover';
/** Tabs answer at once; one that has to open first takes longer. */
const WAIT = 20_000;
const ANSWER = 400;

type Message =
  | { type: 'offer'; id: string; name: string; text: string }
  | { type: 'taken'; id: string }
  /** A tab has started and listens. */
  | { type: 'ready' };

export interface Handover {
  /**
   * Offers a document to the other tabs, or to a new one when none answers.
   * @returns whether one took it.
   */
  offer(name: string, text: string): Promise<boolean>;
  dispose(): void;
}

export interface HandoverHost {
  channel(): BroadcastChannel;
  /** Opens this page in a new tab. */
  openTab(): void;
}

const browser: HandoverHost = {
  channel: () => new BroadcastChannel(CHANNEL),
  openTab: () => void window.open(new URL('./', document.baseURI), '_blank'),
};

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' &&
  value !== null &&
  ['offer', 'taken', 'ready'].includes(String((value as { type?: unknown }).type));

/** @param onOffer a document from another tab; may be read as any file of unknown origin. */
export function createHandover(
  onOffer: (name: string, text: string) => void,
  host: HandoverHost = browser,
): Handover {
  const channel = host.channel();
  const send = (message: Message) => channel.postMessage(message);
  let pending: { message: Message & { type: 'offer' }; taken(): void } | null = null;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isMessage(data)) return;
    if (data.type === 'ready' && pending) send(pending.message);
    else if (data.type === 'taken' && data.id === pending?.message.id) pending.taken();
    else if (data.type === 'offer' && typeof data.text === 'string') {
      send({ type: 'taken', id: data.id });
      onOffer(String(data.name), data.text);
    }
  };
  send({ type: 'ready' });
  return {
    offer(name, text) {
      const message = { type: 'offer', id: crypto.randomUUID(), name, text } as const;
      return new Promise((resolve) => {
        const settle = (isTaken: boolean) => {
          clearTimeout(soon);
          clearTimeout(late);
          if (pending?.message === message) pending = null;
          resolve(isTaken);
        };
        pending = { message, taken: () => settle(true) };
        send(message);
        const soon = setTimeout(() => host.openTab(), ANSWER);
        const late = setTimeout(() => settle(false), WAIT);
      });
    },
    dispose: () => channel.close(),
  };
}
