import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Of whoever runs this. What is found below it is run, as in `cacheFolder`. */
export function homeFolder(env: Environment): string {
  return absolute(env['HOME']) ?? userInfo().homedir;
}

/** What is found here is run: an empty or relative value would mean a folder of whatever checkout one stands in. */
export function cacheFolder(env: Environment): string {
  return join(absolute(env['XDG_CACHE_HOME']) ?? join(homeFolder(env), '.cache'), 'palvella');
}

function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
