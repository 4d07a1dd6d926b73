import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientMessage, ServerMessage } from '../../../core/api/live.ts';
import { createLiveSocket, type Socket } from './live-socket.ts';

function line() {
  const sockets: (Socket & { sent: ClientMessage[] })[] = [];
  const live = createLiveSocket(() => {
    const sent: ClientMessage[] = [];
    const socket = {
      sent,
      send: (text: string) => void sent.push(JSON.parse(text)),
      close() {},
      onopen: null,
      onmessage: null,
      onclose: null,
    };
    sockets.push(socket);
    return socket;
  });
  return { live, sockets, last: () => sockets[sockets.length - 1] as (typeof sockets)[number] };
}

describe('the live socket', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('holds subscriptions back until it is open', () => {
    const { live, last } = line();
    live.subscribe(
      () => ({ topic: 'approvals' }),
      () => {},
    );
    expect(last().sent).toEqual([]);
    last().onopen?.();
    expect(last().sent).toEqual([{ type: 'subscribe', id: '1', topic: { topic: 'approvals' } }]);
  });

  test('gives a message to its own subscriber only', () => {
    const { live, last } = line();
    const got: [string, ServerMessage][] = [];
    live.subscribe(
      () => ({ topic: 'approvals' }),
      (message) => got.push(['a', message]),
    );
    live.subscribe(
      () => ({ topic: 'runs' }),
      (message) => got.push(['b', message]),
    );
    last().onopen?.();
    last().onmessage?.({ data: '{"type":"approvals","id":"1","pending":2}' });
    last().onmessage?.({ data: '{"type":"runs","id":"9","changed":[]}' });
    expect(got).toEqual([['a', { type: 'approvals', id: '1', pending: 2 }]]);
  });

  test('after a loss subscribes again, from where the topic is by then', () => {
    const { live, last, sockets } = line();
    let from = 1;
    live.subscribe(
      () => ({ topic: 'log', run: 'r', job: 'j', action: 'a', from }),
      () => {},
    );
    last().onopen?.();
    from = 500;
    last().onclose?.();
    expect(live.state()).toBe('lost');
    vi.advanceTimersByTime(250);
    expect(sockets).toHaveLength(2);
    last().onopen?.();
    expect(last().sent).toMatchObject([{ type: 'subscribe', topic: { from: 500 } }]);
    expect(live.state()).toBe('open');
  });

  test('tells the present from changes, also after a loss', () => {
    const { live, last } = line();
    const got: [number, boolean][] = [];
    live.subscribe(
      () => ({ topic: 'approvals' }),
      (message, isPresent) => got.push([message.type === 'approvals' ? message.pending : -1, isPresent]),
    );
    const tell = (pending: number) =>
      last().onmessage?.({ data: JSON.stringify({ type: 'approvals', id: '1', pending }) });
    last().onopen?.();
    tell(1);
    tell(2);
    last().onclose?.();
    vi.advanceTimersByTime(250);
    last().onopen?.();
    tell(3);
    tell(4);
    expect(got).toEqual([
      [1, true],
      [2, false],
      [3, true],
      [4, false],
    ]);
  });

  test('those who join a topic share a subscription, which lasts as long as one of them', () => {
    const { live, last } = line();
    const got: string[] = [];
    const first = live.join({ topic: 'runs' }, () => got.push('first'));
    const other = live.join({ topic: 'runs', pipeline: 'a' }, () => got.push('other'));
    last().onopen?.();
    const second = live.join({ topic: 'runs' }, () => got.push('second'));
    expect(last().sent).toHaveLength(2);
    last().onmessage?.({ data: '{"type":"runs","id":"1","changed":[]}' });
    expect(got).toEqual(['first', 'second']);
    first();
    other();
    last().onmessage?.({ data: '{"type":"runs","id":"1","changed":[]}' });
    expect(got).toEqual(['first', 'second', 'second']);
    second();
    expect(last().sent.slice(2)).toEqual([
      { type: 'unsubscribe', id: '2' },
      { type: 'unsubscribe', id: '1' },
    ]);
    live.join({ topic: 'runs' }, () => got.push('again'));
    expect(last().sent.at(-1)).toMatchObject({ type: 'subscribe', topic: { topic: 'runs' } });
  });

  test('asks again for what the server could not answer, and not for what it refused', () => {
    const { live, last } = line();
    live.subscribe(
      () => ({ topic: 'run', run: 'r' }),
      () => {},
    );
    last().onopen?.();
    const refuse = (code: string) => {
      last().onmessage?.({ data: JSON.stringify({ type: 'error', id: '1', code, detail: '' }) });
      vi.advanceTimersByTime(1_000);
    };
    refuse('internal');
    expect(last().sent).toHaveLength(2);
    refuse('unavailable');
    expect(last().sent).toHaveLength(3);
    refuse('not_found');
    expect(last().sent).toHaveLength(3);
  });

  test('an attempt that another one has overtaken is given up', () => {
    const { live, last, sockets } = line();
    live.subscribe(
      () => ({ topic: 'approvals' }),
      () => {},
    );
    last().onclose?.();
    live.reconnect();
    const overtaken = last();
    const closed = vi.spyOn(overtaken, 'close');
    live.reconnect();
    expect(sockets).toHaveLength(3);
    overtaken.onopen?.();
    expect(closed).toHaveBeenCalled();
    expect(live.state()).toBe('lost');
    last().onopen?.();
    expect(live.state()).toBe('open');
    expect(overtaken.sent).toEqual([]);
  });

  test('waits longer each time it cannot connect', () => {
    const { last, sockets } = line();
    for (let attempt = 0; attempt < 4; attempt++) {
      last().onclose?.();
      vi.advanceTimersByTime(60_000);
    }
    last().onclose?.();
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(5);
    vi.advanceTimersByTime(4_000);
    expect(sockets).toHaveLength(6);
  });

  test('neither an ended subscription nor a closed socket comes back', () => {
    const { live, last, sockets } = line();
    const end = live.subscribe(
      () => ({ topic: 'approvals' }),
      () => {},
    );
    last().onopen?.();
    end();
    expect(last().sent[1]).toEqual({ type: 'unsubscribe', id: '1' });
    live.close();
    last().onclose?.();
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });
});
