import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { DeliveryDetail, DeliveryReceipt } from '../../core/api/triggers.ts';
import type { Client } from '../client.ts';
import { CommandFailure } from '../failure.ts';
import { readFiles } from '../files.ts';
import { printJson, printLine, safeInline } from '../output.ts';
import { splitPairs } from '../parameters.ts';
import { clientFor, collect, printing, type RemoteOptions } from './common.ts';

interface Options extends RemoteOptions {
  parameter?: string[];
  payload?: string;
}

export function triggerCommand(program: Command): void {
  printing(program, 'trigger <name>', 'call a Trigger that takes rest or manual, and say what became of it')
    .option('-p, --parameter <name=value>', 'a text in its payload; may be given several times', collect)
    .option('--payload <file>', 'a file with its payload as JSON, or - for standard input')
    .action(async (name: string, options: Options) => {
      const client = clientFor(options);
      const payload = await payloadOf(options);
      const path = `/triggers/${encodeURIComponent(name)}`;
      const receipt = await client.post<DeliveryReceipt>(path, payload, { 'idempotency-key': randomUUID() });
      await tellDecision(client, receipt.delivery, options);
    });
}

async function payloadOf({ parameter = [], payload }: Options): Promise<unknown> {
  const pairs = Object.fromEntries(splitPairs(parameter));
  if (payload === undefined) return pairs;
  if (parameter.length > 0) throw new CommandFailure(2, 'Give either -p or --payload.');
  const [file] = await readFiles([payload]);
  try {
    return JSON.parse(file?.content ?? '');
  } catch (cause) {
    throw new CommandFailure(2, `${payload} is no JSON: ${(cause as Error).message}`, cause);
  }
}

const pollMs = 200;
const patienceMs = 15_000;

/** As it is once it is decided, which takes a moment; as it is then where that takes long. */
async function decided(client: Client, id: string): Promise<DeliveryDetail> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const delivery = await client.get<DeliveryDetail>(`/deliveries/${encodeURIComponent(id)}`);
    if (delivery.state !== 'pending' || Date.now() > until) return delivery;
    await sleep(pollMs);
  }
}

/** Ends with 1 where a run that it was to start was not started. */
export async function tellDecision(client: Client, id: string, options: RemoteOptions): Promise<void> {
  const delivery = await decided(client, id);
  if (delivery.runs.some(({ reason }) => reason !== null)) process.exitCode = 1;
  printDecision(delivery, options);
}

export function printDecision(delivery: DeliveryDetail, { json }: RemoteOptions): void {
  if (json) return printJson(delivery);
  const decision = delivery.reason ?? 'It waits to be decided.';
  printLine(
    safeInline(
      `Delivery ${delivery.id} was ${delivery.state === 'pending' ? 'received' : delivery.state}. ${decision}`,
    ),
  );
  for (const { run } of delivery.runs) if (run !== null) printLine(run.url);
}
