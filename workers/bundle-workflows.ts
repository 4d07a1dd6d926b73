/** Bundles the workflows ahead of time, so that the control worker starts without doing it. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = join(import.meta.dirname, '..');
const target = join(root, 'dist/workflows.js');

const { code } = await bundleWorkflowCode({
  workflowsPath: join(root, 'workflows/index.ts'),
  logger: new DefaultLogger('WARN'),
});
await mkdir(join(root, 'dist'), { recursive: true });
await writeFile(`${target}.new`, code);
await rename(`${target}.new`, target);
