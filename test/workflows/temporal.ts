import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { dataConverter } from '../../platform/temporal/data-converter.ts';
import { searchAttributeTypes } from '../../platform/temporal/register-search-attributes.ts';
import { freePort } from '../support/postgres.ts';
import { startTemporal } from '../support/temporal.ts';
import { timeSkipping } from '../support/time-skipping.ts';

/** A Temporal server with a clock that runs ahead, which knows what runs are found by. */
export async function openTemporal(): Promise<TestWorkflowEnvironment> {
  const environment = await timeSkipping({ client: { dataConverter } });
  const { operatorService } = environment.connection;
  await operatorService.addSearchAttributes({ namespace: 'default', searchAttributes: searchAttributeTypes });
  return environment;
}

/** One that people run, on the clock of the wall. */
export async function openDevTemporal(): Promise<TestWorkflowEnvironment> {
  const address = `127.0.0.1:${await freePort()}`;
  const server = await startTemporal(address);
  const environment = await TestWorkflowEnvironment.createFromExistingServer({ address, client: { dataConverter } });
  const close = environment.teardown.bind(environment);
  environment.teardown = async () => {
    await close();
    await server.stop();
  };
  return environment;
}

export function quiet(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'ERROR', console: {} } },
  });
}
