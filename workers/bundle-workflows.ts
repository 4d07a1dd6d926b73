/** Bundles the workflows ahead of time, so that the control worker starts without doing it. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflows } from './workflow-bundle.ts';

const target = join(import.meta.dirname, '../dist/workflows.js');

const code = await bundleWorkflows();
await mkdir(join(target, '..'), { recursive: true });
await writeFile(`${target}.new`, code);
await rename(`${target}.new`, target);
