import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import { PalvellaError } from '../../core/errors.ts';
import { type AddressRules, isAllowed } from './addresses.ts';

export interface FetchGuard {
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** All addresses of a name, as `dns.lookup` gives them. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * `fetch` that connects only where it may. The check is at the connection, on the very address that is then used: so
 * each redirect is checked too, and a name that answers differently the second time gains nothing.
 */
export function createFetchGuard(rules: AddressRules, resolve: Resolve = lookup): FetchGuard {
  const connect = buildConnector({ lookup: guardedLookup(rules, resolve), timeout: 30_000 });
  const agent = new Agent({
    connect(options, callback) {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      // A written address is never looked up.
      if (isIP(host) !== 0 && !isAllowed(host, host, rules)) callback(refusal(host, host), null);
      else connect(options, callback);
    },
  });
  return {
    async fetch(url, init) {
      assertNoPassword(url);
      try {
        // undici's own types and those of the browser differ in name only.
        const options = { ...init, dispatcher: agent } as Parameters<typeof undiciFetch>[1];
        return (await undiciFetch(url, options)) as unknown as Response;
      } catch (error) {
        throw findRefusal(error) ?? unreachableAddress(url, error);
      }
    },
    close: () => agent.close(),
  };
}

function guardedLookup(rules: AddressRules, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      const bad = addresses.find(({ address }) => !isAllowed(host, address, rules));
      const [first] = addresses;
      if (bad !== undefined || first === undefined) callback(refusal(host, bad?.address ?? 'none'), '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** `fetch` itself refuses such an address, and repeats it. */
function assertNoPassword(url: string): void {
  const { username = '', password = '' } = URL.canParse(url) ? new URL(url) : {};
  if (username === '' && password === '') return;
  throw new PalvellaError('address_refused', 'the address holds a name or password', {
    remedy: 'Send them in a header, from a Credential.',
  });
}

function refusal(host: string, address: string): PalvellaError {
  const at = host === address ? host : `${host} (${address})`;
  return new PalvellaError('address_refused', `${at} is not a public address`, {
    remedy: 'Who runs the server or Worker may allow it in PALVELLA_ALLOWED_ADDRESSES.',
  });
}

function findRefusal(error: unknown): PalvellaError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof PalvellaError) return at;
  }
  return undefined;
}

function unreachableAddress(url: string, error: unknown): Error {
  if (error instanceof Error && error.name === 'AbortError') return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  const host = URL.canParse(url) ? new URL(url).host : 'the address';
  return new PalvellaError('unavailable', `${host} cannot be reached: ${cause}`, { cause: error });
}
