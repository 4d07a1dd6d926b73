/**
 * `node test/histories/record.ts`: records the scenarios that have no history yet. What is recorded is never written
 * again: it stands for the runs that are in flight when a new version of the interpreter takes over.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { bundle, createInterpreter } from '../workflows/harness.ts';
import { openTemporal, quiet } from '../workflows/temporal.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { recordScheduled, scheduledScenarios } from './scheduled.ts';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

const folder = join(import.meta.dirname, 'recorded');
const fileOf = (name: string) => join(folder, `${name}.json`);

quiet();
mkdirSync(folder, { recursive: true });
const isMissing = ({ name }: { name: string }) => !existsSync(fileOf(name));
const missing = scenarios.filter(isMissing);
const missingScheduled = scheduledScenarios.filter(isMissing);
if (missing.length > 0) {
  const [environment, code] = await Promise.all([openTemporal(), bundle()]);
  for (const scenario of missing) await record(scenario);
  await environment.teardown();

  async function record(scenario: Scenario): Promise<void> {
    const interpreter = await createInterpreter(environment, code);
    const { name, files, opened = false } = scenario;
    const started = await interpreter.start(files, { opened });
    await Promise.all([started.result(), scenario.drive?.(started, interpreter)]);
    const { workflowId } = started.handle;
    let history = await read(workflowId, started.temporalRunId);
    write(name, workflowId, history);
    for (let next = nextRun(history), at = 2; next !== undefined; next = nextRun(history), at += 1) {
      history = await read(workflowId, next);
      write(`${name}-${at}`, workflowId, history);
    }
    const part = firstChild(history);
    if (part !== undefined) write(`${name}-part`, part, await read(part));
    if (scenario.keeper === true) write(`${name}-keeper`, interpreter.keeperId, await read(interpreter.keeperId));
    await interpreter.stop();
  }

  async function read(workflowId: string, runId?: string): Promise<History> {
    return await environment.client.workflow.getHandle(workflowId, runId).fetchHistory();
  }
}

if (missingScheduled.length > 0) {
  await recordScheduled(missingScheduled, await bundle(), async (name, handle) =>
    write(name, handle.workflowId, await handle.fetchHistory()),
  );
}

function write(name: string, workflowId: string, history: History): void {
  const encoded = gzipSync(proto.temporal.api.history.v1.History.encode(history).finish(), { level: 9 }).toString(
    'base64',
  );
  const kept = { workflowId, events: history.events?.length, history: encoded.match(/.{1,120}/g) };
  writeFileSync(fileOf(name), `${JSON.stringify(kept, null, 1)}\n`, { flag: 'wx' });
  process.stdout.write(`recorded ${name}: ${history.events?.length} events\n`);
}

function nextRun({ events }: History): string | undefined {
  return events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
}

function firstChild({ events }: History): string | undefined {
  const started = events?.find((event) => event.startChildWorkflowExecutionInitiatedEventAttributes != null);
  return started?.startChildWorkflowExecutionInitiatedEventAttributes?.workflowId ?? undefined;
}
