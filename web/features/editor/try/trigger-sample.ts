import { isObject } from '../../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { type JobPlace, parentOf } from '../jobs.ts';

/** Fields whose text is an expression as it stands. */
const bare: ReadonlySet<string> = new Set(['skip_if', 'compare', 'expression']);
const named = /(?<![\w.])trigger((?:\s*\.\s*[A-Za-z_]\w*|\s*\[\s*(?:"[^"]*"|'[^']*')\s*\])+)/g;
const step = /\.\s*(\w+)|\[\s*(?:"([^"]*)"|'([^']*)')/g;

/** What a Job reads of `trigger`, each as its steps: `trigger.payload.item` is payload, item. */
export function triggerReads(json: Json | undefined, field = ''): string[][] {
  if (Array.isArray(json)) return json.flatMap((item) => triggerReads(item, field));
  if (isObject(json)) return Object.entries(json).flatMap(([name, value]) => triggerReads(value, name));
  if (typeof json !== 'string') return [];
  const expressions = bare.has(field) ? [json] : [...json.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, inner = '']) => inner);
  return expressions
    .flatMap((text) => [...text.matchAll(named)])
    .map(([, steps = '']) =>
      [...steps.matchAll(step)].map(([, dotted, double, single]) => dotted ?? double ?? single ?? ''),
    );
}

/** The same of all that runs when this Job is tried: itself, and the groups around it without their other Jobs. */
export function triggerReadsOf(jobs: readonly JobPlace[], place: JobPlace): string[][] {
  const around: JsonObject[] = [];
  for (let at = parentOf(jobs, place); at !== undefined; at = parentOf(jobs, at)) {
    const { jobs: _, ...own } = at.job;
    around.push(own);
  }
  return triggerReads([...around, place.job]);
}

/** As a push to GitHub has it, and what else a pull request has. */
const usual: JsonObject = {
  name: 'on-push',
  source: 'github',
  event: 'push',
  delivery: 'delivery-1',
  action: 'pushed',
  ref: 'refs/heads/main',
  branch: 'main',
  tag: 'v1.2.0',
  sha: '4f2c1e0d9b8a7f6e5d4c3b2a190807f6e5d4c3b2',
  source_branch: 'fix-the-door',
  number: 17,
  title: 'Mend the door',
  url: 'https://git.example.org/acme/house/pull/17',
  fork: false,
  repository: 'acme/house',
  sender: 'ada',
  scheduled_at: '2030-01-31T03:00:00Z',
};

/** A trigger that has all that is read of it. */
export function exampleTrigger(reads: readonly (readonly string[])[]): JsonObject {
  const example: JsonObject = {};
  for (const steps of reads) put(example, steps, steps.length === 1 ? (usual[steps[0] ?? ''] ?? 'sample') : 'sample');
  return example;
}

function put(into: JsonObject, [name = '', ...rest]: readonly string[], value: Json): void {
  const before = Object.hasOwn(into, name) ? into[name] : undefined;
  if (rest.length === 0) {
    if (!isObject(before)) into[name] = value;
    return;
  }
  const inner: JsonObject = isObject(before) ? before : {};
  into[name] = inner;
  put(inner, rest, value);
}
