import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { Status } from '../../core/status.ts';

/** What `temporal workflow list --query` can ask for. */
export const pipelineKey = defineSearchAttributeKey('PalvellaPipeline', SearchAttributeType.KEYWORD);
export const numberKey = defineSearchAttributeKey('PalvellaNumber', SearchAttributeType.INT);
/** Of a Schedule: the definition and its version that it was made from. */
export const definitionKey = defineSearchAttributeKey('PalvellaDefinition', SearchAttributeType.KEYWORD);
export const statusKey = defineSearchAttributeKey('PalvellaStatus', SearchAttributeType.KEYWORD);

export function runSearchAttributes(run: { pipeline: string; number: number; status: Status }): TypedSearchAttributes {
  const pairs: SearchAttributePair[] = [
    { key: pipelineKey, value: run.pipeline },
    { key: numberKey, value: run.number },
    { key: statusKey, value: run.status },
  ];
  return new TypedSearchAttributes(pairs);
}
