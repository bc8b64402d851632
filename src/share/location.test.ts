import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAddressBar, type AddressHost } from './location.ts';

/** An address bar as a browser has it: replaceState changes the hash silently. */
function browser(path = '/app/', search = '?embed') {
  const events = new EventTarget();
  const shown: string[] = [];
  const location = { hash: '', origin: 'https://example.org', pathname: path, search };
  const host: AddressHost = {
    location,
    history: {
      state: null,
      replaceState(_state, _title, url) {
        shown.push(String(url));
        location.hash = String(url).slice(String(url).indexOf('#'));
      },
    },
    performance,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
  };
  const type = (hash: string) => {
    location.hash = hash;
    events.dispatchEvent(new Event('hashchange'));
  };
  return { host, shown, type };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the address bar', () => {
  it('writes at once, then at most every 750 ms, the last one', () => {
    const { host, shown } = browser();
    const bar = createAddressBar(host);
    for (const hash of ['#/tsp/a', '#/tsp/b', '#/tsp/c']) bar.write(hash);
    expect(shown).toEqual(['/app/?embed#/tsp/a']);
    vi.advanceTimersByTime(749);
    expect(shown).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(shown.slice(1)).toEqual(['/app/?embed#/tsp/c']);
    for (let i = 0; i < 1000; i++) {
      bar.write(`#/tsp/${i}`);
      vi.advanceTimersByTime(10);
    }
    expect(shown.length).toBeLessThan(18);
    bar.flush();
    expect(bar.read()).toBe('#/tsp/999');
  });

  it('does not write what is shown already', () => {
    const { host, shown, type } = browser();
    type('#/tsp/a');
    createAddressBar(host).write('#/tsp/a');
    expect(shown).toEqual([]);
  });

  it('hears what a person types, which beats what was to be written', () => {
    const { host, shown, type } = browser();
    const bar = createAddressBar(host);
    const heard: string[] = [];
    const stop = bar.onChange((hash) => heard.push(hash));
    bar.write('#/tsp/a');
    bar.write('#/tsp/b');
    type('#/vrp/c');
    vi.advanceTimersByTime(2000);
    expect(heard).toEqual(['#/vrp/c']);
    expect(shown).toEqual(['/app/?embed#/tsp/a']);
    stop();
    type('#/vrp/d');
    expect(heard).toHaveLength(1);
  });

  it('takes a hash that says nothing for none', () => {
    const { host, type } = browser();
    const bar = createAddressBar(host);
    const heard: string[] = [];
    bar.onChange((hash) => heard.push(hash));
    for (const hash of ['#/', '#', '', '#/tsp']) {
      type(hash);
      expect(bar.read()).toBe(hash === '#/tsp' ? hash : '');
    }
    expect(heard).toEqual(['#/tsp']);
  });

  it('survives a browser that refuses', () => {
    const { host } = browser();
    host.history.replaceState = () => {
      throw new DOMException('Too many calls.', 'SecurityError');
    };
    const bar = createAddressBar(host);
    bar.write('#/tsp/a');
    expect(bar.read()).toBe('');
  });

  it('shares the page without its query', () => {
    expect(createAddressBar(browser().host).url('#/tsp/a')).toBe('https://example.org/app/#/tsp/a');
  });

  it('hears and writes nothing once disposed', () => {
    const { host, shown, type } = browser();
    const bar = createAddressBar(host);
    const heard: string[] = [];
    bar.onChange((hash) => heard.push(hash));
    bar.write('#/tsp/a');
    bar.write('#/tsp/b');
    bar.dispose();
    type('#/tsp/c');
    vi.advanceTimersByTime(2000);
    expect(heard).toEqual([]);
    expect(shown).toHaveLength(1);
  });
});
