import type { Command } from 'commander';
import type { Backfilled, ScheduleSummary } from '../../core/api/schedules.ts';
import type { Json } from '../../core/json.ts';
import { toSecond } from '../../core/to-second.ts';
import { waitText } from '../narrate.ts';
import { printJson, printLine, safeInline } from '../output.ts';
import { allItems, clientFor, printing, type RemoteOptions } from './common.ts';

/** `schedules`, and `schedule pause`, `resume`, `run` and `backfill`. */
export function scheduleCommands(program: Command): void {
  printing(program, 'schedules', 'list what starts by the clock, with the next time of each').action(
    async (options: RemoteOptions) => {
      const all = await allItems<ScheduleSummary>(clientFor(options), '/schedules');
      if (options.json) return printJson(all);
      printLine(all.length === 0 ? 'Nothing starts by the clock yet.' : all.map(text).join('\n'));
    },
  );

  const schedule = program.command('schedule').description('pause, resume, run or back-fill a schedule');
  for (const [word, about, said] of [
    ['pause', 'start nothing until somebody has it go on', 'is paused'],
    ['resume', 'start by the clock again', 'goes on'],
  ] as const) {
    printing(schedule, `${word} <name>`, about)
      .option('--note <text>', 'why, for those who come after')
      .action(async (name: string, options: RemoteOptions & { note?: string }) => {
        await clientFor(options).post(pathOf(name, word), options.note === undefined ? {} : { note: options.note });
        say(options, { name, paused: word === 'pause' }, `Schedule ${name} ${said}`);
      });
  }
  printing(schedule, 'run <name>', 'start now what it starts, beside all that goes on').action(
    async (name: string, options: RemoteOptions) => {
      await clientFor(options).post(pathOf(name, 'run'));
      say(options, { name, started: true }, `Schedule ${name} starts now`);
    },
  );
  printing(schedule, 'backfill <name>', 'start what it would have started in a span of the past')
    .requiredOption('--from <time>', 'the first moment, as 2030-01-31T08:00:00Z')
    .requiredOption('--to <time>', 'the moment at which it ends, not counted')
    .option('--overlap <how>', 'buffer_all (one after another), allow (all at once), or another of the language')
    .action(async (name: string, options: RemoteOptions & { from: string; to: string; overlap?: string }) => {
      const { from, to, overlap } = options;
      const body = { from, to, ...(overlap === undefined ? {} : { overlap }) };
      const { times, had } = await clientFor(options).post<Backfilled>(pathOf(name, 'backfill'), body);
      say(options, { name, times, had }, `Schedule ${name}: ${times} to start, ${had} had their start already`);
    });
}

function pathOf(name: string, word: string): string {
  return `/schedules/${encodeURIComponent(name)}/${word}`;
}

function say(options: RemoteOptions, json: Json, line: string): void {
  if (options.json) printJson(json);
  else printLine(line);
}

function text({ name, every, timeZone, paused, note, next, pipelines, refusal, wait }: ScheduleSummary): string {
  const soonest = next[0] === undefined ? 'no more times' : toSecond(next[0]);
  const state = paused ? `paused${note === null ? '' : `: ${note}`}` : `next ${soonest}`;
  const lines = [`${name}  ${state}`, `  ${every}, ${timeZone}; starts ${pipelines.join(', ')}`];
  if (wait !== null) lines.push(`  ${waitText(wait, { run: '', dataDir: '' })}`);
  if (refusal !== null) lines.push(`  its newest version is not taken by Temporal: ${refusal}`);
  return lines.map(safeInline).join('\n');
}
