import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import type { Json } from '../../../../core/json.ts';
import { documentJson } from '../../../../core/language/yaml-json.ts';
import { sizeFault } from '../../../../core/language/yaml-size.ts';

export interface ReadText {
  text: string;
  document: Document.Parsed;
  json: Json;
  lines: LineCounter;
}

const mostKept = 3;
const kept = new Map<string, ReadText | undefined>();

/**
 * The one document of a text; undefined where it cannot be read, or holds several. Never throws. The last few are kept, as
 * one change asks for the same text many times; so what it gives is only looked at.
 */
export function readText(text: string): ReadText | undefined {
  const found = kept.get(text);
  if (found !== undefined || kept.has(text)) return found;
  const read = freshRead(text);
  kept.set(text, read);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return read;
}

/** The same, of which the document may be changed. */
export function freshRead(text: string): ReadText | undefined {
  if (sizeFault(text) !== undefined) return undefined;
  const lines = new LineCounter();
  try {
    const all = parseAllDocuments(text, {
      uniqueKeys: false,
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    const [document, ...others] = 'empty' in all ? [] : all;
    if (document === undefined || others.length > 0 || document.errors.length > 0) return undefined;
    const converted = documentJson(document);
    return 'json' in converted ? { text, document, json: converted.json, lines } : undefined;
  } catch {
    return undefined;
  }
}
