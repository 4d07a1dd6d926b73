import type { Command } from 'commander';
import type { Removed, Renamed } from '../../core/api/definitions.ts';
import type { Definition } from '../../core/api/objects.ts';
import type { Json } from '../../core/json.ts';
import { CommandFailure } from '../failure.ts';
import { printJson, printLine } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

/** `get`, `set`, `rename` and `remove`: what is saved, by kind and name. */
export function definitionCommands(program: Command): void {
  printing(
    program,
    'get <kind> <name> [property]',
    'print what is saved, or one property as parameters.0.default',
  ).action(async (kind: string, name: string, property: string | undefined, options: RemoteOptions) => {
    const client = clientFor(options);
    const path = await definitionPath(kind, name);
    if (property === undefined) {
      const definition = await client.get<Definition>(path);
      return options.json ? printJson(definition) : printLine(definition.source.trimEnd());
    }
    const { value } = await client.get<{ value: Json }>(`${path}/properties/${encodeURIComponent(property)}`);
    if (options.json || typeof value !== 'string') printJson(value);
    else printLine(value);
  });

  printing(
    program,
    'set <kind> <name> <property> <value>',
    'change one property; the value is JSON, or else text',
  ).action(async (kind: string, name: string, property: string, text: string, options: RemoteOptions) => {
    const path = `${await definitionPath(kind, name)}/properties/${encodeURIComponent(property)}`;
    const answer = await clientFor(options).put<Json>(path, { value: jsonOrText(text) });
    if (options.json) printJson(answer ?? null);
    else printLine(`${kind} ${name}: ${property} is set`);
  });

  printing(
    program,
    'rename <kind> <name> <to>',
    'rename a Pipeline, Job, Action or Engine, and with it what names it',
  ).action(async (kind: string, name: string, to: string, options: RemoteOptions) => {
    const { renamed } = await clientFor(options).post<Renamed>(`${await definitionPath(kind, name)}/rename`, { to });
    if (options.json) return printJson(renamed);
    const [first, ...others] = renamed;
    printLine(`${first?.kind} ${name} is called ${first?.name} now, version ${first?.version}`);
    for (const each of others) printLine(`${each.kind} ${each.name} changed, version ${each.version}`);
  });

  printing(program, 'remove <kind> <name>', 'remove what is saved; its runs stay').action(
    async (kind: string, name: string, options: RemoteOptions) => {
      const { removed } = await clientFor(options).remove<Removed>(await definitionPath(kind, name));
      if (options.json) return printJson(removed);
      for (const each of removed) printLine(`${each.kind} ${each.name} is removed`);
    },
  );
}

/** Of a kind in any case. */
export async function definitionPath(kind: string, name: string): Promise<string> {
  const { definitionKinds } = await import('../../core/api/objects.ts');
  const known = definitionKinds.find((one) => one.toLowerCase() === kind.toLowerCase());
  if (known === undefined)
    throw new CommandFailure(2, `There is no kind ${kind}. There are: ${definitionKinds.join(', ')}.`);
  return `/definitions/${known}/${encodeURIComponent(name)}`;
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
