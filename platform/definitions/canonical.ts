import { createHash } from 'node:crypto';

/** JSON with the fields of each object in code-unit order, so that equal content is equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(
          Object.entries(each)
            .filter(([, field]) => field !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : each,
  );
}

/** Name of a content. */
export function contentId(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex');
}
