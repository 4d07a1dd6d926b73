import type { Definition, PipelineSummary } from '../core/api/objects.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { Param } from '../core/plan.ts';
import type { Client } from './client.ts';
import { CommandFailure } from './failure.ts';

/** `name=value`, cut at the first `=`. */
export function splitPairs(pairs: readonly string[]): [string, string][] {
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new CommandFailure(2, `-p ${pair}: write -p name=value.`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
}

/**
 * Values as their parameters want them: text stays text, all else is read as JSON. What does not fit goes to the
 * server as it was written, which refuses it with the list of what is right.
 */
export function typedParameters(params: readonly Param[], pairs: readonly (readonly [string, string])[]): JsonObject {
  const values: JsonObject = {};
  for (const [name, text] of pairs) {
    if (Object.hasOwn(values, name)) throw new CommandFailure(2, `-p ${name} is given twice.`);
    const type = params.find((param) => param.name === name)?.type;
    values[name] = type === undefined || type === 'string' ? text : asJson(text);
  }
  return values;
}

function asJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The parameters of what is to be run: a Pipeline, else a Job or Action of the library. */
export async function paramsOf(client: Client, name: string): Promise<readonly Param[]> {
  const pipeline = await found(client.get<PipelineSummary>(`/pipelines/${encodeURIComponent(name)}`));
  if (pipeline !== undefined) return pipeline.parameters;
  for (const kind of ['Job', 'Action']) {
    const definition = await found(client.get<Definition>(`/definitions/${kind}/${encodeURIComponent(name)}`));
    if (definition !== undefined) return (definition.spec['params'] ?? []) as unknown as Param[];
  }
  return [];
}

/** Undefined where the server refused, so that starting the run says why. */
async function found<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof CommandFailure && error.exitStatus === 2) return undefined;
    throw error;
  });
}
