import { type Client, WorkflowNotFoundError } from '@temporalio/client';

/** False where Temporal knows no such workflow, or it has ended: nobody is there who would need to hear it. */
export async function signalIfThere(
  client: Client,
  workflowId: string,
  signal: string,
  ...args: readonly unknown[]
): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal(signal, ...args);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
