/** Bundles the workflows ahead of time, so that the control worker starts without doing it. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = join(import.meta.dirname, '..');
/** Pure code that all runs of a process share, instead of each loading its own. */
const preloadModules = ['core/expressions/index.ts', 'core/language/parameters.ts'].map((path) => join(root, path));
const target = join(root, 'dist/workflows.js');

const { code } = await bundleWorkflowCode({
  workflowsPath: join(root, 'workflows/index.ts'),
  preloadModules,
  logger: new DefaultLogger('WARN'),
});
await mkdir(join(root, 'dist'), { recursive: true });
await writeFile(`${target}.new`, code);
await rename(`${target}.new`, target);
