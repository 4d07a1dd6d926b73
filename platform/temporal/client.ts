import { Client, Connection } from '@temporalio/client';
import { dataConverter } from './data-converter.ts';

export interface TemporalPlace {
  address: string;
  namespace: string;
}

/** Connects when it is first used, and again whenever the connection was lost. */
export function openTemporal(place: TemporalPlace): { client: Client; close(): Promise<void> } {
  const connection = Connection.lazy({ address: place.address });
  return {
    client: new Client({ connection, namespace: place.namespace, dataConverter }),
    close: () => connection.close(),
  };
}

export function temporalPlace(environment: NodeJS.ProcessEnv): TemporalPlace {
  return {
    address: environment['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233',
    namespace: environment['TEMPORAL_NAMESPACE'] ?? 'default',
  };
}
