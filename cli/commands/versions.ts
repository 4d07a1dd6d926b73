import type { Command } from 'commander';
import type { DefinitionVersion, VersionSummary } from '../../core/api/library.ts';
import type { ApplyResult, Definition } from '../../core/api/objects.ts';
import { printJson, printLine, safeInline, table } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';
import { definitionPath } from './definitions.ts';

/** `versions` and `restore`: what was saved before. */
export function versionCommands(program: Command): void {
  printing(program, 'versions <kind> <name> [version]', 'list the newest versions, or print one').action(
    async (kind: string, name: string, version: string | undefined, options: RemoteOptions) => {
      const client = clientFor(options);
      const path = `${await definitionPath(kind, name)}/versions`;
      if (version !== undefined) {
        const found = await client.get<DefinitionVersion>(`${path}/${encodeURIComponent(version)}`);
        return options.json ? printJson(found) : printLine(found.source.trimEnd());
      }
      const { items } = await client.get<{ items: VersionSummary[] }>(path);
      if (options.json) return printJson(items);
      printLine(table(['VERSION', 'SAVED', 'BY', 'NOTE'], items.map(cells)));
    },
  );

  printing(program, 'restore <kind> <name> <version>', 'save what an old version says as a new one')
    .option('--note <text>', 'kept with the new version')
    .action(async (kind: string, name: string, version: string, options: RemoteOptions & { note?: string }) => {
      const client = clientFor(options);
      const path = await definitionPath(kind, name);
      const newest = await client.get<Definition>(path);
      const old = await client.get<DefinitionVersion>(`${path}/versions/${encodeURIComponent(version)}`);
      const result = await client.post<ApplyResult>('/apply', {
        files: [{ name: `version ${old.version}`, content: old.source }],
        note: options.note ?? `Restores version ${old.version}`,
        expect: [{ kind: newest.kind, name: newest.name, version: newest.version }],
      });
      if (options.json) printJson(result);
      else
        for (const saved of result.saved)
          printLine(`${saved.kind} ${saved.name} ${saved.change}, version ${saved.version}`);
    });
}

function cells({ version, createdAt, author, note }: VersionSummary): string[] {
  return [String(version), createdAt.slice(0, 16).replace('T', ' '), author, safeInline(note)];
}
