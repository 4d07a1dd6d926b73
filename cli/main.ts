import { Command, CommanderError } from 'commander';
import { registerCommands } from './commands/index.ts';
import { CommandFailure } from './failure.ts';
import { endWhenUnread } from './unread.ts';

const program = new Command('palvella')
  .description('An open-source automation server on Temporal')
  .showHelpAfterError('(palvella --help, or palvella COMMAND --help, tells what there is)')
  .exitOverride();
registerCommands(program);
endWhenUnread();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong in as few lines as it takes; a stack only for a defect of ours. */
function report(error: unknown): number {
  if (error instanceof CommandFailure) {
    process.stderr.write(`${error.message}\n`);
    return error.exitStatus;
  }
  // Commander has already said what it refused; help and version end well.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`palvella: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}
