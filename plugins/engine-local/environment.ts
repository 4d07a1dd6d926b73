import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';
import type { JobFolders } from './layout.ts';

/** In the environment of every process of an Action, and so of its children: how they are found again. */
export const markerName = 'PALVELLA_KEY';

/** The whole value, as the system keeps it. */
export function actionMarker(key: ActionKey): string {
  return `${actionKeyText(key)}\0`;
}

/** What the markers of all Actions of a Job begin with. */
export function jobMarker(key: JobKey): string {
  return `${jobKeyText(key)}/`;
}

export interface EnvironmentParts {
  key: ActionKey;
  folders: JobFolders;
  outputFile: string;
  summaryFile: string;
  engine: Readonly<Record<string, string>>;
  action: Readonly<Record<string, string>>;
  /** The Worker's own: only the search path and language are taken from it. */
  worker: Readonly<Record<string, string | undefined>>;
}

/**
 * Built from nothing, so that no secret of the server reaches a command. HOME is the Job's own, so that a Job neither
 * uses the key files of whoever started the server nor leaves anything with them.
 */
export function commandEnvironment(parts: EnvironmentParts): Record<string, string> {
  return {
    PATH: parts.worker['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: parts.worker['LANG'] ?? 'C.UTF-8',
    HOME: parts.folders.home,
    TMPDIR: parts.folders.temporary,
    ...parts.engine,
    ...parts.action,
    PALVELLA: 'true',
    PALVELLA_RUN: parts.key.runId,
    PALVELLA_JOB: parts.key.jobPath,
    PALVELLA_ACTION: parts.key.action,
    PALVELLA_WORKSPACE: parts.folders.work,
    PALVELLA_OUTPUT: parts.outputFile,
    PALVELLA_SUMMARY: parts.summaryFile,
    [markerName]: actionKeyText(parts.key),
  };
}
