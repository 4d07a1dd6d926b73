import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { errorCode, PalvellaError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { ActionKey } from '../../core/keys.ts';
import { errorSentence } from '../../core/sentence.ts';
import type { ActionResult, ActionTask } from '../types.ts';
import { createActionContext } from './action-context.ts';
import { createActionOutput } from './action-output.ts';
import { placeValues } from './credentials.ts';
import { ClaimedElsewhere } from './job-sessions.ts';
import type { EngineActivityDeps, JobApi } from './ports.ts';
import { type Ending, endingOf, endingOfError, maskEnding } from './result.ts';
import { workerStops } from './worker-stops.ts';

/** Why an Action is ended from outside; the reason of the signal. */
export type StopCause = 'stopped' | 'timed_out';

export interface Try {
  deps: EngineActivityDeps;
  task: ActionTask;
  api: JobApi;
  /** Of the Job, see `JobSession`. */
  secrets: Set<string>;
  plugin: ActionPlugin;
  /** False where an earlier try of this activity got as far as this. */
  fresh: boolean;
  startedAt: string;
  /** Aborted with a `StopCause`. */
  signal: AbortSignal;
}

/**
 * Executes one try of one Action to its end and returns what came of it; all its output is stored by then. Throws
 * only where this Worker is not the one to say: the Job is another's, or the Worker stops and its command goes on.
 */
export async function executeAction(attempt: Try): Promise<{ result: ActionResult; closeLog(): Promise<void> }> {
  const { deps, task, api } = attempt;
  /** An error tells nothing of a command while the Worker stops, and of a native Action not where the API was closed. */
  const throwUnlessOurs = (error: unknown): void => {
    if (error instanceof ClaimedElsewhere) throw error;
    const tells = attempt.plugin.manifest.place === 'native' && errorCode(error) !== 'unavailable';
    if (deps.stopping.aborted && !tells) throw workerStops(error);
  };
  let made: string | undefined;
  const scratch = () => {
    made ??= mkdtempSync(join(tmpdir(), 'palvella-action-'));
    return made;
  };
  let ending: Ending;
  let mask = (text: string) => text;
  let closeLog = () => Promise.resolve();
  let more: Pick<ActionResult, 'text' | 'textCut' | 'info'> = { info: {} };
  try {
    const leased = await lease(task, api);
    for (const value of leased.values) attempt.secrets.add(value);
    const secrets = [...attempt.secrets];
    const output = await createActionOutput({
      api,
      key: task.key,
      openLog: deps.openLog,
      createMasker: () => deps.createMasker(secrets),
      fresh: attempt.fresh,
      needsText: task.needsText,
    });
    closeLog = output.close;
    mask = deps.createMasker(secrets).text;
    const engine = await deps.plugins.engine(attempt.plugin.manifest.place === 'job' ? task.engine.type : 'native');
    const workspace =
      attempt.plugin.manifest.place === 'job'
        ? await engine.prepare({ key: jobOf(task.key), settings: leased.settings })
        : undefined;
    const { signal } = attempt;
    const input = parseInput(attempt.plugin, leased.input);
    const { context, exit, overdue } = createActionContext({
      deps,
      task,
      api,
      engine,
      workspace,
      output,
      signal,
      scratch,
    });
    try {
      ending = endingOf(await Promise.race([attempt.plugin.execute(context, input), overdue]), exit());
    } catch (error) {
      throwUnlessOurs(error);
      ending = endingOfError(error);
      if (!signal.aborted && ending.reason !== null) output.say('system', ending.reason);
    }
    await keepSummary(api, task.key.action, mask(exit()?.summary ?? '')).catch((error: unknown) => {
      output.say('system', `The summary was not kept. ${errorSentence(error)}`);
    });
    more = { ...(await output.finish()), info: exit()?.info ?? {} };
  } catch (error) {
    throwUnlessOurs(error);
    ending = endingOfError(error);
  } finally {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  }
  const result: ActionResult = {
    ...maskEnding(asStopped(ending, attempt.signal, task.timeoutMs), mask),
    ...more,
    workerId: deps.workerId,
    startedAt: attempt.startedAt,
    endedAt: new Date().toISOString(),
  };
  return { result, closeLog };
}

async function keepSummary(api: JobApi, action: string, text: string): Promise<void> {
  if (text.trim() !== '') await api.putSummary(action, text);
}

export function jobOf({ runId, jobPath, jobAttempt }: ActionKey) {
  return { runId, jobPath, jobAttempt };
}

function asStopped(ending: Ending, signal: AbortSignal, timeoutMs: number | undefined): Ending {
  if (!signal.aborted) return ending;
  const cause = signal.reason as StopCause;
  const reason = cause === 'timed_out' ? `It took longer than its timeout of ${timeoutMs} ms.` : 'It was stopped.';
  return { ...ending, status: cause, reason };
}

async function lease(task: ActionTask, api: JobApi) {
  const uses = [...task.inputCredentials, ...task.engine.settingsCredentials];
  const values = uses.length === 0 ? [] : await api.lease(uses.map(leaseName));
  const ofInput = task.inputCredentials.length;
  return {
    values,
    input: placeValues(task.input, task.inputCredentials, values.slice(0, ofInput)),
    settings: placeValues(task.engine.settings, task.engine.settingsCredentials, values.slice(ofInput)),
  };
}

/** The plan was checked when it was saved, but not yet what its expressions came to. */
function parseInput(plugin: ActionPlugin, input: JsonObject): Json {
  const parsed = plugin.manifest.input.safeParse(input);
  if (parsed.success) return parsed.data as Json;
  const [issue] = parsed.error.issues;
  throw new PalvellaError(
    'invalid_request',
    `the input ${[plugin.manifest.id, ...(issue?.path ?? [])].join('.')} is wrong: ${issue?.message}`,
  );
}

function leaseName({ name, property }: ActionTask['inputCredentials'][number]) {
  return property === undefined ? { name } : { name, property };
}
