import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Delivery, DeliveryDetail, DeliveryReceipt } from '../../core/api/triggers.ts';
import { printJson, printLine, safeInline, safeText, table } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';
import { printDecision, tellDecision } from './trigger.ts';

interface Options extends RemoteOptions {
  trigger?: string;
  state?: string;
  source?: string;
  limit: string;
}

/** `deliveries`, `deliveries show` and `deliveries resend`. */
export function deliveriesCommand(program: Command): void {
  const group = printing(program, 'deliveries', 'list what Triggers were sent and what became of it, newest first')
    .option('--trigger <name>', 'only of this Trigger')
    .option('--state <state>', 'only pending, recorded or dropped')
    .option('--source <sources>', 'only from these, as github,rest or schedule')
    .option('--limit <count>', 'at most so many', '20')
    .action(async (options: Options) => {
      const { trigger, state, source, limit } = options;
      const page = await clientFor(options).get<{ items: Delivery[] }>('/deliveries', {
        trigger,
        state,
        source,
        limit,
      });
      if (options.json) return printJson(page.items);
      if (page.items.length === 0)
        return printLine('No deliveries. See docs/start-by-webhook.md for how to set one up.');
      printLine(table(['DELIVERY', 'TRIGGER', 'EVENT', 'RECEIVED', 'DECISION'], page.items.map(row)));
    });
  printing(group, 'show <delivery>', 'show a delivery with its payload').action(
    async (id: string, _: RemoteOptions, command: Command) => {
      const options = command.optsWithGlobals<RemoteOptions>();
      const delivery = await clientFor(options).get<DeliveryDetail>(`/deliveries/${encodeURIComponent(id)}`);
      printDecision(delivery, options);
      if (!options.json) printLine(safeText(pretty(delivery.payload)));
    },
  );
  printing(group, 'resend <delivery>', 'send a delivery again, as a new one that is decided anew').action(
    async (id: string, _: RemoteOptions, command: Command) => {
      const options = command.optsWithGlobals<RemoteOptions>();
      const client = clientFor(options);
      const path = `/deliveries/${encodeURIComponent(id)}/resend`;
      const receipt = await client.post<DeliveryReceipt>(path, {}, { 'idempotency-key': randomUUID() });
      await tellDecision(client, receipt.delivery, options);
    },
  );
}

function row({ id, trigger, source, event, receivedAt, state, reason }: Delivery): string[] {
  const received = receivedAt.slice(0, 19).replace('T', ' ');
  return [id, trigger, event === source ? source : `${source} ${event}`, received, reason ?? state].map(safeInline);
}

function pretty(payload: string): string {
  return JSON.stringify(JSON.parse(payload), null, 2);
}
