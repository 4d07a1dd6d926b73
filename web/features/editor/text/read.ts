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

/** The one document of a text; undefined where it cannot be read, or holds several. Never throws. */
export function readText(text: string): ReadText | undefined {
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
