import type { Command } from 'commander';
import { applyCommand } from './apply.ts';
import { decideCommand } from './decide.ts';
import { definitionCommands } from './definitions.ts';
import { execCommand } from './exec.ts';
import { forkCommand } from './fork.ts';
import { locksCommand } from './locks.ts';
import { logsCommand } from './logs.ts';
import { pauseCommands } from './pause.ts';
import { retryCommand } from './retry.ts';
import { runCommand } from './run.ts';
import { runsCommand } from './runs.ts';
import { showCommand } from './show.ts';
import { signInCommand } from './sign-in.ts';
import { startCommand } from './start.ts';
import { stopCommand } from './stop.ts';
import { tokenCommands } from './token.ts';
import { tryCommand } from './try.ts';
import { validateCommand } from './validate.ts';
import { waitCommand } from './wait.ts';
import { workerCommand } from './worker.ts';
import { workersCommand } from './workers.ts';

/** Every command, in the order that `--help` lists them. */
export function registerCommands(program: Command): void {
  startCommand(program);
  workerCommand(program);
  workersCommand(program);
  locksCommand(program);
  pauseCommands(program);
  validateCommand(program);
  applyCommand(program);
  runCommand(program);
  tryCommand(program);
  runsCommand(program);
  showCommand(program);
  waitCommand(program);
  logsCommand(program);
  decideCommand(program, 'approve');
  decideCommand(program, 'reject');
  stopCommand(program);
  retryCommand(program);
  forkCommand(program);
  definitionCommands(program);
  execCommand(program);
  signInCommand(program);
  tokenCommands(program);
}
