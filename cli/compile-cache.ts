import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// In a folder of the user's own, not in that of temporary files: what is found there is run.
module.enableCompileCache(join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'palvella/compiled'));
