import type { ProblemDetails } from '../core/api/objects.ts';
import { formatProblem } from '../core/errors.ts';

/** Exit status of every command: 1 the run failed, 2 the input was refused, 3 the server could not be reached. */
export type ExitStatus = 0 | 1 | 2 | 3;

/** Ends a command with lines on standard error and an exit status. */
export class CommandFailure extends Error {
  readonly exitStatus: ExitStatus;

  constructor(exitStatus: ExitStatus, message: string, cause?: unknown) {
    super(message, { cause });
    this.exitStatus = exitStatus;
  }
}

/** What the server refused, with every problem on a line of its own. */
export function refused(problem: ProblemDetails): CommandFailure {
  const faults = (problem.problems ?? []).map(({ remedy, ...fault }) =>
    formatProblem(remedy === undefined ? fault : { ...fault, remedy }),
  );
  const remedy = problem.remedy === undefined ? '' : ` ${problem.remedy}`;
  const lines = faults.length > 0 ? faults : [`${problem.detail}${remedy}`];
  return new CommandFailure(problem.status >= 500 ? 3 : 2, lines.join('\n'));
}
