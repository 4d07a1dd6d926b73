import type { Dispatcher } from 'undici';
import { type ErrorCode, errorCodes, PalvellaError } from '../../core/errors.ts';

interface Problem {
  code?: string;
  detail?: string;
  remedy?: string;
  /** Who has the Job that was to be claimed. */
  workerId?: string;
  /** This Worker is to claim no new Job. */
  draining?: boolean;
}

/** What the API said no to, with its own code. */
export class Refused extends PalvellaError {
  readonly problem: Problem | undefined;
  constructor(code: ErrorCode, message: string, problem: Problem | undefined) {
    super(code, message, problem?.remedy === undefined ? {} : { remedy: problem.remedy });
    this.problem = problem;
  }
}

export async function refusal(answer: Dispatcher.ResponseData): Promise<Refused> {
  const text = await answer.body.text();
  const problem = parseProblem(text);
  const code = problem?.code !== undefined && problem.code in errorCodes ? (problem.code as ErrorCode) : undefined;
  const fallback: ErrorCode = answer.statusCode >= 500 || answer.statusCode === 429 ? 'unavailable' : 'invalid_request';
  return new Refused(code ?? fallback, problem?.detail ?? `the API answered ${answer.statusCode}`, problem);
}

function parseProblem(text: string): Problem | undefined {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return undefined;
  }
}
