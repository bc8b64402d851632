import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAnnouncer } from './announce.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('says the first message at once and then only the latest of each second', () => {
  const said: string[] = [];
  const announcer = createAnnouncer((message) => said.push(message));
  for (const message of ['a', 'b', '', 'c']) announcer.say(message);
  expect(said).toEqual(['a']);
  vi.advanceTimersByTime(999);
  expect(said).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['a', 'c']);
  announcer.say('d');
  expect(said).toEqual(['a', 'c']);
  vi.advanceTimersByTime(1000);
  expect(said).toEqual(['a', 'c', 'd']);
  vi.advanceTimersByTime(5000);
  announcer.say('e');
  expect(said).toEqual(['a', 'c', 'd', 'e']);
});

it('says nothing more once disposed', () => {
  const said: string[] = [];
  const announcer = createAnnouncer((message) => said.push(message));
  announcer.say('a');
  announcer.say('b');
  announcer.dispose();
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(['a']);
});
