/**
 * The script of the sandboxed frame: makes a worker of the text it is given, ends it after its time,
 * and hands its first answer on. The frame has an origin of its own and may not connect anywhere;
 * its worker inherits both. Put into the frame as text.
 */
addEventListener(
  'message',
  ({ source, data: { script, count, milliseconds }, ports: [port] }) => {
    if (source !== parent) return;
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    // oxlint-disable-next-line no-restricted-globals -- a person's code, apart from all of ours
    const worker = new Worker(url);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const end = (/** @type {unknown} */ reply) => {
      clearTimeout(timer);
      worker.onmessage = null;
      worker.terminate();
      URL.revokeObjectURL(url);
      port.postMessage(reply);
    };
    const short = (/** @type {unknown} */ value) =>
      typeof value === 'string' && value.length <= 2000;
    worker.onmessage = ({ data }) => {
      if (data?.type === 'started' && timer === undefined) {
        timer = setTimeout(() => end({ type: 'timeout' }), milliseconds);
      } else if (data?.type === 'values' && data.values?.length === count) end(data);
      else if (data?.type === 'thrown' && short(data.message) && short(data.stack)) end(data);
      else if (data?.type === 'no-number' && short(data.found)) end(data);
      else end({ type: 'broken' });
    };
    worker.onerror = () => end({ type: 'broken' });
  },
  { once: true },
);
parent.postMessage('ready', '*');
