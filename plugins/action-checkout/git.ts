import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ActionContext } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';

export interface Repository {
  url: string;
  ref?: string | undefined;
  /** A token for https, a private key for ssh. */
  credential?: string | undefined;
}

const refPattern = /^[A-Za-z0-9_][A-Za-z0-9_./+@-]*$/;
const secureShell = [
  /^ssh:\/\/(?:\w[\w.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?\/[^\0-\x20]+$/,
  /^\w[\w.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[^\0-\x20:]+$/,
];

/** Clones into the Action's own folder. `failed` where the repository said no. */
export async function cloneRepository(
  context: ActionContext,
  repository: Repository,
): Promise<{ folder: string; commit: string } | { failed: string }> {
  const { url, ref = 'HEAD' } = repository;
  assertAddress(url);
  assertRef(ref);
  const folder = join(context.scratch, 'repository');
  await mkdir(folder, { recursive: true });
  const env = await gitEnvironment(context.scratch, repository);

  async function git(...args: string[]): Promise<{ ok: boolean; stdout: string }> {
    const done = await execa('git', args, {
      cwd: folder,
      env,
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      cancelSignal: context.signal,
    });
    if (done.stderr !== '') context.log('stderr', done.stderr);
    if (done.exitCode === undefined && !context.signal.aborted) {
      throw new PalvellaError('engine_failed', `git could not be started: ${done.shortMessage}`);
    }
    return { ok: done.exitCode === 0, stdout: done.stdout };
  }

  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', '--', 'origin', url);
  const quick = await git('fetch', '--quiet', '--depth=1', '--no-tags', '--', 'origin', ref);
  // A commit that is no branch's end is not given alone by every server.
  const found = quick.ok || (await git('fetch', '--quiet', '--tags', 'origin')).ok;
  if (!found) return { failed: `The repository could not be read: git fetch of ${ref} failed.` };
  const checkout = await git('checkout', '--quiet', '--detach', quick.ok ? 'FETCH_HEAD' : ref, '--');
  if (!checkout.ok) return { failed: `The repository has no ${ref}.` };
  const commit = (await git('rev-parse', 'HEAD')).stdout.trim();
  context.log('system', `Checked out ${commit}.`);
  return { folder, commit };
}

/** Only addresses of other machines: `file:` and `ext:` would read the Worker's files or run commands on it. */
export function assertAddress(url: string): void {
  const web = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (web && new URL(url).password !== '') {
    throw new PalvellaError('address_refused', 'the address holds a password', { remedy: 'Give it as credential.' });
  }
  if (web || secureShell.some((form) => form.test(url))) return;
  throw new PalvellaError('address_refused', 'the address of the repository is not one of https, http or ssh', {
    remedy: 'Write it as https://host/path.git or git@host:path.git; for a folder of this machine use path.',
  });
}

export function assertRef(ref: string): void {
  if (refPattern.test(ref) && !ref.includes('..') && !ref.includes('@{') && !ref.endsWith('.lock')) return;
  throw new PalvellaError('invalid_request', `${JSON.stringify(ref)} is not the name of a branch, tag or commit`);
}

/** Nothing of the Worker's user: no configuration, no keys, no prompts. Secrets go by files and environment, not arguments. */
async function gitEnvironment(scratch: string, { url, credential }: Repository): Promise<Record<string, string>> {
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: scratch,
    LANG: 'C.UTF-8',
    GIT_ALLOW_PROTOCOL: 'https:http:ssh',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new -F /dev/null',
  };
  if (credential === undefined) return env;
  if (/^https?:/.test(url)) {
    // A header would also go to where the server redirects to; git asks a helper for the host that it was made for only.
    return {
      ...env,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `credential.${new URL(url).origin}.helper`,
      GIT_CONFIG_VALUE_0: `!f() { printf 'username=x-access-token\\npassword=%s\\n' "$GIT_CREDENTIAL"; }; f`,
      GIT_CREDENTIAL: credential,
    };
  }
  const key = join(scratch, 'key');
  await writeFile(key, `${credential.trimEnd()}\n`, { mode: 0o600 });
  return { ...env, GIT_SSH_COMMAND: `${env['GIT_SSH_COMMAND']} -o IdentitiesOnly=yes -i ${key}` };
}
