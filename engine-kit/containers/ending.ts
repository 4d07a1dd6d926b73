import { constants } from 'node:os';
import { errorSentence } from '../../core/sentence.ts';
import type { ExitRecord } from '../output/exit-record.ts';
import type { Recorded } from './recorder.ts';
import { lost, noDirectory, noProgram, noTools } from './script.ts';

export type Ending = Omit<ExitRecord, 'bytes'>;

/** A shell says so that a signal ended a command. */
const signalBase = 128;
const signals = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

export function endingOf({ end, broke, info }: Recorded, program: string): Ending {
  const nothing = { status: null, signal: null, info };
  if (end === undefined) return { ...nothing, broke: broke ?? 'How the command ended is not known.' };
  const problem = problems[end.status]?.(program);
  if (problem !== undefined) return { ...nothing, broke: problem };
  const signal = signals.get(end.status - signalBase);
  const reason = end.outOfMemory > 0 && end.status !== 0 ? { reason: outOfMemory } : {};
  if (signal === undefined) return { ...nothing, status: end.status, broke: null, ...reason };
  return { ...nothing, signal, broke: null, ...reason };
}

export function brokenBy(error: unknown): Ending {
  return { status: null, signal: null, broke: errorSentence(error), info: {} };
}

export function endedBy(signal: 'SIGTERM' | 'SIGKILL'): Ending {
  return { status: null, signal, broke: null, info: {} };
}

const outOfMemory =
  'The system killed a process of it because the container used more memory than it may have. Give its Engine more memory.';

const problems: Record<number, (program: string) => string> = {
  [noDirectory]: () => 'The directory of the command is not there in the workspace.',
  [noProgram]: (program) => `The command could not be started with ${program}: the image has no such program.`,
  [lost]: () =>
    'The processes that watched the command were killed, so how it ended is not known. See whether its work is done before you repeat it.',
  [noTools]: () => 'The image has a shell but no mkfifo or tee, which a Job with several Actions needs.',
};

/** The container was removed while nobody looked. */
export const containerGone: Ending = {
  status: null,
  signal: null,
  broke:
    'The container is gone, so how the command ended is not known. See whether its work is done before you repeat it.',
  info: {},
};

export function tooLong(program: string): Ending {
  const broke = `The command could not be started with ${program}: it, or a variable of its environment, is longer than the system allows (128 KiB on Linux).`;
  return { status: null, signal: null, broke, info: {} };
}
