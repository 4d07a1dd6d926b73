import { PalvellaError } from '../../core/errors.ts';
import { type ActionKey, actionKeyText } from '../../core/keys.ts';
import { variableName } from '../../core/variable-name.ts';

/** In the environment of every process of an Action, by which they are found. */
const markerName = 'PALVELLA_KEY';

export function markerOf(key: ActionKey): string {
  return `${markerName}=${actionKeyText(key)}`;
}

/** What a command sees beside its image's own. */
export function containerEnvironment(
  key: ActionKey,
  paths: { workspace: string; output: string; summary: string },
  engine: Readonly<Record<string, string>>,
  action: Readonly<Record<string, string>>,
): Record<string, string> {
  const all: Record<string, string> = {
    ...engine,
    ...action,
    PALVELLA: 'true',
    PALVELLA_RUN: key.runId,
    PALVELLA_JOB: key.jobPath,
    PALVELLA_ACTION: key.action,
    PALVELLA_WORKSPACE: paths.workspace,
    PALVELLA_OUTPUT: paths.output,
    PALVELLA_SUMMARY: paths.summary,
    [markerName]: actionKeyText(key),
  };
  for (const name of Object.keys(all)) {
    if (!variableName.test(name)) {
      throw new PalvellaError('engine_refused', `a shell cannot hold a variable named ${JSON.stringify(name)}`);
    }
  }
  return all;
}
