import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import type { ActionResult, ActionTask } from '../../activities/types.ts';
import type { JsonObject } from '../../core/json.ts';
import { actionKeyText } from '../../core/keys.ts';

/** What an Action does, by its command: `exit N`, `print TEXT`, `output NAME=JSON`, `hang`, `sleep MS`; several by `;`. */
type Command = string;

/** Words that let a command `until-told WORD` end. */
export const told = new Set<string>();

export async function execute(task: ActionTask, texts: Map<string, string>, workerId: string): Promise<ActionResult> {
  const startedAt = new Date().toISOString();
  const end = (fields: Partial<ActionResult>): ActionResult => ({
    status: 'succeeded',
    exitStatus: 0,
    output: {},
    reason: null,
    workerId,
    startedAt,
    endedAt: new Date().toISOString(),
    info: {},
    ...fields,
  });
  let printed = '';
  const output: JsonObject = {};
  for (const command of ((task.input['command'] ?? '') as string).split(';') as Command[]) {
    const [word = '', ...rest] = command.trim().split(' ');
    const text = rest.join(' ');
    if (word === 'exit' && text !== '0') {
      return end({ status: 'failed', exitStatus: Number(text), reason: `exit status ${text}`, output });
    }
    if (word === 'print') printed += `${text}\n`;
    if (word === 'output') output[text.split('=')[0] ?? ''] = JSON.parse(text.slice(text.indexOf('=') + 1));
    if (word === 'sleep') await sleep(Number(text));
    while (word === 'until-told' && !told.has(text)) {
      Context.current().heartbeat();
      await sleep(20);
    }
    if (word === 'fail-until' && task.key.attempt < Number(text))
      return end({ status: 'failed', exitStatus: 1, reason: 'not yet' });
    if (word === 'hang') {
      const heartbeat = setInterval(() => Context.current().heartbeat(), 50);
      const stopped = await Context.current().cancelled.catch(() => true);
      clearInterval(heartbeat);
      if (stopped) return end({ status: 'stopped', exitStatus: null, reason: 'It was stopped.' });
    }
  }
  texts.set(actionKeyText(task.key), printed);
  const cut = printed.length > 100 ? { textCut: true } : { text: printed };
  return end({ output, ...(task.needsText ? cut : {}) });
}
