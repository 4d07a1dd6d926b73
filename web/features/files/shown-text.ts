import type { FilePreview } from '../../../core/api/previews.ts';

/** JSON with its lines set in; all else as it is. */
export function shownText(key: string, { text, isCut }: Pick<FilePreview, 'text' | 'isCut'>): string {
  if (isCut || !/\.json$/i.test(key)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
