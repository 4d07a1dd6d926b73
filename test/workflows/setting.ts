import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { bundle, createInterpreter, type Interpreter } from './harness.ts';
import { openTemporal, quiet } from './temporal.ts';

/** One server for a file of tests, and an interpreter of its own for each test. Call it at the top of the file. */
export function interpreterForTests(
  bundled: () => Promise<{ code: string }> = bundle,
  open = openTemporal,
): {
  environment: TestWorkflowEnvironment;
  interpreter: Interpreter;
} {
  const setting = {} as ReturnType<typeof interpreterForTests>;
  let code: { code: string };
  beforeAll(async () => {
    quiet();
    [setting.environment, code] = await Promise.all([open(), bundled()]);
  });
  afterAll(() => setting.environment?.teardown());
  beforeEach(async () => {
    setting.interpreter = await createInterpreter(setting.environment, code);
  });
  afterEach(() => setting.interpreter.stop());
  return setting;
}
