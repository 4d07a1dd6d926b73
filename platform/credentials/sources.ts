import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { PalvellaError } from '../../core/errors.ts';

/** Where the value of a Credential is; never the value. */
type Source = { from_environment: string } | { from_file: string };

const sourcesSetting = 'PALVELLA_CREDENTIAL_SOURCES';

/** Reads the environment variables and files that were named when the server was started, and no others. */
export interface Sources {
  read(source: Source): Promise<string>;
}

const mostBytes = 256 * 1024;

/** The setting's names, as in `DEPLOY_KEY,/run/secrets/token`: variables, and absolute paths of files. */
function parseSources(setting: string): { variables: ReadonlySet<string>; files: ReadonlySet<string> } {
  const names = setting
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    variables: new Set(names.filter((name) => !isAbsolute(name))),
    files: new Set(names.filter((name) => isAbsolute(name)).map((path) => resolve(path))),
  };
}

export function createSources(environment: Readonly<Record<string, string | undefined>>): Sources {
  const { variables, files } = parseSources(environment[sourcesSetting] ?? '');
  return {
    async read(source) {
      if ('from_environment' in source) {
        const name = source.from_environment;
        if (!variables.has(name)) throw notNamed(`The environment variable ${name}`, name);
        const value = environment[name];
        if (value === undefined || value === '') throw empty(`The environment variable ${name} is not set`);
        return value;
      }
      const path = source.from_file;
      if (!isAbsolute(path) || !files.has(resolve(path))) throw notNamed(`The file ${path}`, path);
      return await readSecret(resolve(path));
    },
  };
}

async function readSecret(path: string): Promise<string> {
  let text: string;
  try {
    if ((await stat(path)).size > mostBytes) throw empty(`The file ${path} is larger than ${mostBytes / 1024} KiB`);
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof PalvellaError) throw cause;
    throw new PalvellaError('credential_unavailable', `The file ${path} cannot be read by the server.`, {
      remedy: 'See that it is there, and that the user of the server may read it.',
      cause,
    });
  }
  // An editor ends a password's file with a line end, which is not part of it. A key of several lines needs its last.
  const value = /^[^\n]*\r?\n$/.test(text) ? text.replace(/\r?\n$/, '') : text;
  if (value === '') throw empty(`The file ${path} is empty`);
  return value;
}

function notNamed(what: string, name: string): PalvellaError {
  return new PalvellaError('credential_unavailable', `${what} was not named when the server was started.`, {
    remedy: `Start it with ${name} in ${sourcesSetting}, a list of variables and absolute paths with commas between.`,
  });
}

function empty(what: string): PalvellaError {
  return new PalvellaError('credential_unavailable', `${what}.`, {
    remedy: 'Give it a value and start the server again.',
  });
}
