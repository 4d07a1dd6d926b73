import { PalvellaError } from '../../core/errors.ts';

/** Refuses what could leave the workspace by its name. */
export function relativePath(path: string): string {
  const parts = path.split('/');
  if (path.includes('\0') || path.startsWith('/') || parts.includes('..')) {
    throw refusal(`the path ${JSON.stringify(path)} leaves the workspace`);
  }
  return parts.filter((part) => part !== '' && part !== '.').join('/');
}

/** Of a path that is, or leads, out of the workspace. */
export function refusal(message: string): PalvellaError {
  return new PalvellaError('engine_refused', message, { remedy: 'Name a file inside the workspace.' });
}
