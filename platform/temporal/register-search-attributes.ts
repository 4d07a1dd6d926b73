import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { definitionKey, numberKey, pipelineKey, statusKey } from './search-attributes.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
export const searchAttributeTypes = {
  [pipelineKey.name]: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  [numberKey.name]: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  [statusKey.name]: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  [definitionKey.name]: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
};

/** Makes known to a Temporal what runs can be searched by, where it is not yet. */
export async function registerSearchAttributes({ connection, options }: Client): Promise<void> {
  const { namespace } = options;
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(searchAttributeTypes).filter(([name]) => !(name in (customAttributes ?? {})));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing);
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
