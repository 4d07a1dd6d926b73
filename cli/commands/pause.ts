import type { Command } from 'commander';
import type { PauseState } from '../../core/api/pause.ts';
import { offered } from '../data-dir.ts';
import { printJson, printLine } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

/** `pause` and `resume`. */
export function pauseCommands(program: Command): void {
  printing(program, 'pause [note]', 'have no run and no Job begin, until palvella resume; what runs finishes').action(
    async (note: string | undefined, options: RemoteOptions) => {
      const state = await clientFor(options).put<PauseState>('/pause', { note: note ?? '' });
      if (options.json) printJson(state.pause);
      else printLine(`Paused: what is started now waits. ${offered('resume', options.dataDir)} has the server go on`);
    },
  );
  printing(program, 'resume', 'have a paused server go on').action(async (options: RemoteOptions) => {
    await clientFor(options).remove('/pause');
    if (options.json) printJson(null);
    else printLine('The server goes on');
  });
}
