import module from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from './user-folders.ts';

// In a folder of the user's own, not in that of temporary files: what is found there is run.
module.enableCompileCache(join(cacheFolder(process.env), 'compiled'));
