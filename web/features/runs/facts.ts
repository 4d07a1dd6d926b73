import type { Json, JsonObject } from '../../../core/json.ts';
import { durationText } from '../time/duration-text.ts';
import { sizeText } from './size-text.ts';

const words: Readonly<Record<string, string>> = {
  node: 'Node',
  pod: 'Pod',
  namespace: 'Namespace',
  container: 'Container',
  task: 'Task',
  image: 'Image',
  daemon: 'Docker daemon',
  cpuMs: 'CPU time',
  peakMemory: 'Peak memory of the container',
  outOfMemory: 'Memory used up',
};

/** What an Engine tells of an Action, with names and values for people; what nobody has a word for stays as it is. */
export function factsOf(info: JsonObject): JsonObject {
  const known = Object.keys(words).filter((name) => Object.hasOwn(info, name));
  const others = Object.keys(info).filter((name) => !Object.hasOwn(words, name));
  return Object.fromEntries(
    [...known, ...others].map((name) => [words[name] ?? name, valueFor(name, info[name] as Json)]),
  );
}

function valueFor(name: string, value: Json): Json {
  if (name === 'cpuMs' && typeof value === 'number') return durationText(value);
  if (name === 'peakMemory' && typeof value === 'number') return sizeText(value);
  return value === true ? 'yes' : value;
}
