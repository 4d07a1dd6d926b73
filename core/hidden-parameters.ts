import type { JsonObject } from './json.ts';

/** What is shown in place of the value of a secret parameter. */
export const hiddenValue = '***';

/** Parameters as people may see them. */
export function shownParameters(parameters: JsonObject, secret: readonly string[]): JsonObject {
  if (secret.length === 0) return parameters;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, secret.includes(name) ? hiddenValue : value]),
  );
}
