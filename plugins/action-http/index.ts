import type { z } from 'zod';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { manifest } from './manifest.ts';

type Input = z.infer<typeof manifest.input>;

/** How much of an answer is read; named outputs have a bound of their own. */
const mostBytes = 1024 * 1024;

export const plugin: ActionPlugin<Input> = {
  manifest,
  async execute(context, { url, method, headers = {}, body, expect_status: expected }) {
    assertWeb(url);
    const answer = await context.fetch(url, { method, ...requestBody(body, headers) });
    const text = await readBody(answer);
    context.log('stdout', text);
    const good = expected?.includes(answer.status) ?? answer.ok;
    const output = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: parseBody(answer, text),
    };
    if (good) return { status: 'succeeded', output };
    return { status: 'failed', output, reason: `${method} ${new URL(url).host} answered ${answer.status}.` };
  },
};

function assertWeb(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw new PalvellaError('address_refused', 'the address is not one of the web', {
    remedy: 'Write it in full, as https://example.com/path.',
  });
}

function requestBody(body: Json | undefined, headers: Record<string, string>): RequestInit {
  if (body === undefined) return { headers };
  if (typeof body === 'string') return { headers, body };
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { headers: typed ? headers : { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function readBody(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new PalvellaError('too_large', 'the answer is larger than 1 MiB');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseBody(answer: Response, text: string): Json {
  if (!/[/+]json\b/.test(answer.headers.get('content-type') ?? '')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
