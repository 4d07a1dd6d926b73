import { build } from './build.ts';

await build((text) => process.stdout.write(`${text}\n`));
