import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ActionContext } from '../../core/contracts/plugin.ts';
import type { Stream } from '../../core/log-frames.ts';
import { folderWorkspace } from '../../engine-kit/folder/workspace.ts';
import { parseAllowed } from '../../platform/outbound/addresses.ts';
import { createFetchGuard } from '../../platform/outbound/fetch-guard.ts';

/** What an Action's code is given, with a real workspace and the real guard; what it asks of the API is refused. */
export async function contextFor(
  given: Partial<ActionContext> & { settings?: Record<string, string>; allowed?: string } = {},
): Promise<{ context: ActionContext; said: [Stream, string][]; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'palvella-action-test-'));
  const scratch = await mkdtemp(join(tmpdir(), 'palvella-scratch-'));
  onTestFinished(async () => {
    for (const made of [folder, scratch]) await rm(made, { recursive: true, force: true });
  });
  const said: [Stream, string][] = [];
  const guard = createFetchGuard(parseAllowed(given.allowed ?? ''));
  const refuse = () => Promise.reject(new Error('not asked for in this test'));
  const context: ActionContext = {
    key: { runId: randomUUID(), jobPath: 'job', jobAttempt: 1, action: 'step', attempt: 1 },
    signal: new AbortController().signal,
    log: (stream, text) => said.push([stream, text]),
    exec: refuse,
    workspace: () => Promise.resolve(folderWorkspace(folder)),
    fetch: guard.fetch,
    files: { put: refuse, get: refuse },
    startRun: refuse,
    setting: (name) => given.settings?.[name],
    scratch,
    ...given,
  };
  return { context, said, folder };
}
