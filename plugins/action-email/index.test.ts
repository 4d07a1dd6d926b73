import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextFor } from '../../test/engine/action-context.ts';
import { plugin } from './index.ts';

const mails: { to: string[]; text: string }[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _, done) => done(address.startsWith('nobody') ? new Error('no such user') : null),
  onData(stream, session, done) {
    void text(stream).then((body) => {
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: body });
      done();
    });
  },
});
let smtp_url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  smtp_url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

const input = { to: ['a@example.com', 'b@example.com'], subject: 'Deployed', text: 'It is live.' };

describe('email', () => {
  test('reaches the mail server with sender, receivers, subject and text', async () => {
    const { context } = await contextFor({ settings: { smtp_url, smtp_from: 'palvella@example.com' } });
    expect(await plugin.execute(context, input)).toMatchObject({ status: 'succeeded' });
    expect(mails[0]?.to).toEqual(['a@example.com', 'b@example.com']);
    expect(mails[0]?.text).toMatch(/From: palvella@example.com[\s\S]*Subject: Deployed[\s\S]*It is live\./);
  });

  test('a subject cannot add headers', async () => {
    const { context } = await contextFor({ settings: { smtp_url, smtp_from: 'palvella@example.com' } });
    await plugin.execute(context, { ...input, subject: 'x\r\nBcc: other@example.com' });
    expect(mails.at(-1)?.to).toEqual(input.to);
    expect(mails.at(-1)?.text).not.toMatch(/^Bcc:/im);
  });

  test('fails with what the mail server says', async () => {
    const { context } = await contextFor({ settings: { smtp_url } });
    const outcome = await plugin.execute(context, { ...input, to: 'nobody@example.com', from: 'x@example.com' });
    expect(outcome).toMatchObject({ status: 'failed', reason: expect.stringContaining('no such user') });
  });

  test.each([
    [{}, 'PALVELLA_SMTP_URL'],
    [{ smtp_url: 'smtp://127.0.0.1:1' }, 'PALVELLA_SMTP_FROM'],
  ])('with %j it says what is missing', async (settings, name) => {
    const { context } = await contextFor({ settings: settings as Record<string, string> });
    await expect(plugin.execute(context, input)).rejects.toMatchObject({ remedy: expect.stringContaining(name) });
  });
});
