import type { z } from 'zod';
import type { Exit } from '../../core/contracts/engine.ts';
import type { ActionOutcome, ActionPlugin } from '../../core/contracts/plugin.ts';
import { manifest } from './manifest.ts';
import { parseNamedOutput } from './named-output.ts';

type Input = z.infer<typeof manifest.input>;

export const plugin: ActionPlugin<Input> = {
  manifest,
  async execute(context, { command, shell, environ = {}, directory, success_exit_status }) {
    const exit = await context.exec({
      command,
      environ: Object.fromEntries(Object.entries(environ).map(([name, value]) => [name, String(value)])),
      ...(shell === undefined ? {} : { shell }),
      ...(directory === undefined ? {} : { directory }),
    });
    return judge(exit, success_exit_status);
  },
};

/** What a command's exit means. */
export function judge(exit: Exit, good: readonly number[]): ActionOutcome {
  const parsed = parseNamedOutput(exit.namedOutput);
  const output = parsed.ok ? parsed.output : {};
  const exitStatus = exit.status === null ? {} : { exitStatus: exit.status };
  const more = exit.reason === undefined ? '' : ` ${exit.reason}`;
  if (exit.signal !== undefined) return { status: 'failed', output, reason: `It was ended by ${exit.signal}.${more}` };
  if (exit.status === null || !good.includes(exit.status)) {
    return { status: 'failed', ...exitStatus, output, reason: `The exit status is ${exit.status}.${more}` };
  }
  if (!parsed.ok) return { status: 'failed', ...exitStatus, reason: parsed.reason };
  return { status: 'succeeded', ...exitStatus, output };
}
