import { stringify } from 'yaml';
import type { JsonObject } from '../json.ts';

/** A document as YAML; reading it gives the same content. */
export function printDocument(json: JsonObject): string {
  return stringify(json, { lineWidth: 0, aliasDuplicateObjects: false });
}
