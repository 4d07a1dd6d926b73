import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import type { Problem } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { nearestHint } from '../nearest.ts';
import { type Fault, type Locate, problemAt, type SourceDocument, sentence } from './document.ts';
import { faultsOf, withoutUnknownKeys } from './issues.ts';
import { type Checked, type Kind, kinds, schemas } from './schema.ts';
import { documentJson, offsetOf, type TextFault } from './yaml-json.ts';
import { sizeFault } from './yaml-size.ts';

export interface SourceFile {
  name: string;
  content: string;
}

/** Characters of a file. */
const largestFile = 1024 * 1024;
const mostProblems = 100;

interface Parsed {
  documents: SourceDocument[];
  problems: Problem[];
  /** Names of documents that have problems, as far as they have one. */
  faulty: string[];
}

/**
 * Reads files of one or more YAML documents and checks each by the schema of its kind. Never throws: what is wrong is
 * in `problems`, with its place, in the order of the files.
 */
export function parseFiles(files: readonly SourceFile[]): Parsed {
  const documents: SourceDocument[] = [];
  const problems: Problem[] = [];
  const faulty: string[] = [];
  for (const file of files) {
    const parsed = parseFile(file);
    documents.push(...parsed.documents);
    faulty.push(...parsed.faulty);
    problems.push(...parsed.problems.slice(0, mostProblems));
  }
  return { documents, problems: problems.slice(0, mostProblems), faulty };
}

function parseFile({ name, content }: SourceFile): Parsed {
  const lines = new LineCounter();
  const problemOf = ({ offset, message, remedy }: TextFault): Problem => {
    const { line, col } = lines.linePos(Math.max(0, offset));
    return {
      file: name,
      line: Math.max(1, line),
      column: Math.max(1, col),
      path: '',
      message: sentence(message),
      ...(remedy ? { remedy } : {}),
    };
  };
  if (content.length > largestFile) {
    return failed(problemOf({ offset: 0, message: 'the file is larger than 1 MiB', remedy: 'Split it.' }));
  }
  const tooDeep = problemOf({ offset: 0, message: 'values are nested too deep' });
  const size = sizeFault(content);
  if (size !== undefined) return failed(problemOf({ offset: 0, message: size }));
  let read: Document.Parsed[];
  try {
    const all = parseAllDocuments(content, {
      // Ours looks names up; the parser's own check compares each with each.
      uniqueKeys: false,
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    read = 'empty' in all ? [] : all;
  } catch (error) {
    if (error instanceof RangeError) return failed(tooDeep);
    return failed(problemOf({ offset: 0, message: `this is no YAML: ${String(error)}` }));
  }
  const problems: Problem[] = [];
  const documents: SourceDocument[] = [];
  const faulty: string[] = [];
  let end = 0;
  for (const document of read) {
    if (problems.length > mostProblems) break;
    const source = content.slice(end, document.range[2]).replace(/^\s*---[ \t]*\r?\n/, '');
    end = document.range[2];
    const locate: Locate = (path, key = false) => {
      const { line, col } = lines.linePos(offsetOf(document, path, key));
      return { file: name, line: Math.max(1, line), column: Math.max(1, col) };
    };
    const errors = document.errors
      .slice(0, mostProblems)
      .map(({ message, pos }) => problemOf({ offset: pos[0], message }));
    // The parser is recursive: what is nested deeper than the stack allows ends it.
    if (errors.some(({ message }) => message.includes('call stack'))) return failed(tooDeep);
    if (errors.length > 0) {
      problems.push(...errors);
      continue;
    }
    const converted = documentJson(document);
    if ('fault' in converted) problems.push(problemOf(converted.fault));
    else if (converted.json !== null) {
      const checked = checkDocument(converted.json);
      if ('faults' in checked) {
        problems.push(...checked.faults.slice(0, mostProblems).map((fault) => problemAt(locate, fault)));
        if (checked.readable === undefined) faulty.push(...nameOf(converted.json));
        else documents.push({ ...checked.readable, source, locate });
      } else documents.push({ ...checked, source, locate });
    }
  }
  if (read.length === 0 && problems.length === 0) problems.push(problemOf({ offset: 0, message: 'the file is empty' }));
  return { documents, problems, faulty };

  function failed(problem: Problem) {
    return { documents: [], problems: [problem], faulty: [] };
  }
}

function nameOf(json: Json): string[] {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return [];
  return typeof json['name'] === 'string' ? [json['name']] : [];
}

type CheckedDocument = Checked & { json: JsonObject };

/**
 * One document by the schema of its kind; `kind` is Pipeline where it is not given. `readable` is what is left without
 * keys that nobody knows, where they are all that is wrong: so that what else is wrong is said at once.
 */
export function checkDocument(json: unknown): CheckedDocument | { faults: Fault[]; readable?: CheckedDocument } {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    return { faults: [{ path: [], message: 'a document must be an object with the fields of its kind' }] };
  }
  const object = json as JsonObject;
  const kind = Object.hasOwn(object, 'kind') ? object['kind'] : 'Pipeline';
  if (typeof kind !== 'string' || !kinds.includes(kind as Kind)) {
    const message = `there is no kind ${JSON.stringify(kind)}${typeof kind === 'string' ? nearestHint(kind, kinds) : ''}`;
    return { faults: [{ path: ['kind'], message }] };
  }
  const schema = schemas[kind as Kind];
  const result = schema.safeParse(object);
  if (result.success) return checked(object, result.data);
  const faults = faultsOf(result.error.issues, object);
  const known = withoutUnknownKeys(object, result.error.issues);
  const again = known === undefined ? undefined : schema.safeParse(known);
  return known === undefined || !again?.success ? { faults } : { faults, readable: checked(known, again.data) };

  function checked(read: JsonObject, spec: { name: string }): CheckedDocument {
    return { kind, name: spec.name, spec, json: read } as CheckedDocument;
  }
}
