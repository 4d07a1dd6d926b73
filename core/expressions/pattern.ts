import { RE2JS } from 're2js';
import { PalvellaError } from '../errors.ts';
import { limits } from './limits.ts';

const compiled = new Map<string, RE2JS>();
const mostCompiled = 1000;

/** What is wrong with a pattern, or undefined. RE2 syntax; `/…/` is accepted. */
export function checkPattern(pattern: string): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Searches `text` in time linear in its length. `groups[0]` is the first capture group; a group that took no
 * part is null. Throws `expression_failed` where the pattern is none, or may take more than `mostSteps`.
 */
export function matchPattern(
  pattern: string,
  text: string,
  mostSteps: number = limits.steps,
): { groups: (string | null)[] } | null {
  if (matchSteps(pattern, text) > mostSteps) {
    throw new PalvellaError(
      'expression_failed',
      `the pattern ${shorten(pattern)} takes too many steps on a text of ${text.length} characters`,
      { remedy: 'Repeat less in it, or search a shorter text.' },
    );
  }
  const matcher = compilePattern(pattern).matcher(text);
  if (!matcher.find()) return null;
  return { groups: Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1)) };
}

/** At each place of the text a match may be in each state of the automaton; eight take as long as one step. */
export function matchSteps(pattern: string, text: string): number {
  return (text.length + 1) * (1 + (compilePattern(pattern).programSize() >> 3));
}

function compilePattern(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (pattern.length > limits.patternLength) {
    throw new PalvellaError('expression_failed', `a pattern may have ${limits.patternLength} characters, not more`);
  }
  const made = compile(stripSlashes(pattern));
  if (made.programSize() > limits.patternSize) {
    throw new PalvellaError('expression_failed', `the pattern ${shorten(pattern)} takes too many states`, {
      remedy: 'Repeat less in it, as [a-z]+ instead of [a-z]{1000}.',
    });
  }
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(pattern, made);
  return made;
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PalvellaError('expression_failed', `${shorten(source)} is no pattern: ${reason}`, {
      remedy: 'Write it in RE2 syntax, which has no look-around and no back-references.',
      cause: error,
    });
  }
}

function shorten(pattern: string): string {
  return JSON.stringify(pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern);
}

function stripSlashes(pattern: string): string {
  return pattern.length > 1 && pattern.startsWith('/') && pattern.endsWith('/') ? pattern.slice(1, -1) : pattern;
}
