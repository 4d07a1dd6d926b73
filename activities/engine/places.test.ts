import { describe, expect, test } from 'vitest';
import { createPlaces } from './places.ts';

const never = new AbortController().signal;
const tick = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

describe('places', () => {
  test('are counted in Jobs, not in Actions', () => {
    const places = createPlaces(2);
    expect(places.enter('a', false)).toBe(true);
    expect(places.enter('a', false)).toBe(true);
    expect(places.enter('b', false)).toBe(true);
    expect(places.enter('c', false)).toBe(false);
    expect(places.taken).toBe(2);
  });

  test('are free at once when a Job is over, a moment later between its Actions', async () => {
    const places = createPlaces(1);
    places.enter('a', false);
    places.leave('a', false);
    expect(places.enter('b', false)).toBe(false);
    expect(places.enter('a', false)).toBe(true);
    places.leave('a', true);
    expect(places.enter('b', false)).toBe(true);
    places.leave('b', false);
    await expect.poll(() => places.taken, { timeout: 5_000 }).toBe(0);
  });

  test('let a Job in that is here already, also when full', () => {
    const places = createPlaces(1);
    places.enter('a', false);
    expect(places.enter('b', true)).toBe(true);
    expect(places.taken).toBe(2);
  });

  test('who waits for one gets it when it is free, and not before', async () => {
    const places = createPlaces(1);
    expect(places.open).toBe(1);
    places.enter('a', false);
    let free = false;
    const waiting = places.changed(never).then(() => {
      free = true;
    });
    await tick(20);
    expect(free).toBe(false);
    places.leave('a', true);
    await waiting;
  });

  test('who waits for one may give up', async () => {
    const places = createPlaces(1);
    places.enter('a', false);
    const giveUp = new AbortController();
    const waiting = places.changed(giveUp.signal);
    giveUp.abort();
    await waiting;
  });

  test('one that came when the last had gone gets the next, or hears that there is none', async () => {
    const places = createPlaces(1);
    places.enter('a', false);
    expect(await places.enterSoon('b', AbortSignal.timeout(20))).toBe(false);
    const [b, c] = [places.enterSoon('b', AbortSignal.timeout(5_000)), places.enterSoon('c', AbortSignal.timeout(200))];
    places.leave('a', true);
    expect(await b).toBe(true);
    expect(await c).toBe(false);
    expect(places.taken).toBe(1);
  });
});

test('while it drains nothing new comes in, what is here goes on, and then all is as before', async () => {
  const places = createPlaces(2);
  expect(places.enter('here', false)).toBe(true);
  places.drain(true);
  expect(places.enter('here', false)).toBe(true);
  expect(places.enter('held at an approval', true)).toBe(true);
  expect(places.enter('new', false)).toBe(false);
  places.leave('held at an approval', true);
  const soon = places.enterSoon('new', AbortSignal.timeout(5_000));
  places.drain(false);
  expect(await soon).toBe(true);
});
