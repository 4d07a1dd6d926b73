import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** The code of the workflows below `root`, in one piece, as the control worker and its tests run it. */
export async function bundleWorkflows(root = join(import.meta.dirname, '..')): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    // Pure code that all runs of a process share, instead of each loading its own.
    preloadModules: ['core/expressions/index.ts', 'core/language/parameters.ts'].map((path) => join(root, path)),
    logger: new DefaultLogger('ERROR'),
  });
  return code;
}
