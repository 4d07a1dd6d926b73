import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import { manifestPackages, manifestPath, type Room, rooms, table } from './import-table.ts';

export interface Import {
  /** Path of the importing file, from the project's root. */
  from: string;
  /** Path of a file, or name of a package. */
  to: string;
  kind: 'file' | 'package' | 'node';
  typeOnly: boolean;
}

/** Every import, re-export and `import('literal')` of a file. */
export function importsOf(path: string, source: string): Import[] {
  const { program, module, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: { specifier: string; typeOnly: boolean }[] = [];
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      found.push({ specifier: node.source.value, typeOnly: node.importKind === 'type' });
    } else if ((node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source) {
      found.push({ specifier: node.source.value, typeOnly: node.exportKind === 'type' });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"])(.*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2] !== undefined) found.push({ specifier: literal[2], typeOnly: false });
  }
  return found.map(({ specifier, typeOnly }) => ({ from: path, typeOnly, ...target(path, specifier) }));
}

function target(from: string, specifier: string): Pick<Import, 'to' | 'kind'> {
  if (specifier.startsWith('.')) return { to: posix.join(posix.dirname(from), specifier), kind: 'file' };
  if (isBuiltin(specifier)) return { to: specifier, kind: 'node' };
  const parts = specifier.split('/');
  return { to: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/'), kind: 'package' };
}

/** What is wrong with an import, or undefined. Tests may import anything; nobody may import them. */
export function fault({ from, to, kind, typeOnly }: Import): string | undefined {
  const room = roomOf(from);
  if (room === undefined || /\.test\.tsx?$/.test(from)) return undefined;
  const rule = table[room];
  if (kind === 'file') return fileFault(room, from, to, typeOnly);
  if (typeOnly) return undefined;
  const packages = manifestPath.test(from) ? manifestPackages : rule.packages;
  if (packages === undefined || (kind === 'package' && packages.includes(to))) return undefined;
  return `${from} may import only ${packages.join(', ')}, not ${to}`;
}

function fileFault(room: Room, from: string, to: string, typeOnly: boolean): string | undefined {
  const other = roomOf(to);
  if (/\.test\.tsx?$/.test(to) || /^(test|bench|deploy|docs)\//.test(to))
    return `${from} imports ${to}, which nobody may`;
  if (manifestPath.test(to)) return undefined;
  if (manifestPath.test(from) && !typeOnly && other !== 'core') return `the manifest ${from} imports ${to}`;
  if (other === undefined) return undefined;
  if (other === room) return room === 'plugins' ? pluginFault(from, to) : undefined;
  const { imports, types } = table[room];
  if (imports.includes(other) || (typeOnly && types.includes(other))) return undefined;
  return `${room} may not import ${typeOnly ? 'types of ' : ''}${other}: ${from} imports ${to}`;
}

/** A built-in is one folder; the registry at the top of plugins/ knows them all. */
function pluginFault(from: string, to: string): string | undefined {
  const [, mine, ...inMine] = from.split('/');
  const [, theirs] = to.split('/');
  if (inMine.length === 0 || mine === theirs) return undefined;
  return `a plugin keeps to its folder: ${from} imports ${to}`;
}

function roomOf(path: string): Room | undefined {
  return rooms.find((room) => path.startsWith(`${room}/`));
}

/** The first ring of files that import each other at run time, or undefined. */
export function findRing(imports: readonly Import[]): string[] | undefined {
  const next = Map.groupBy(
    imports.filter(({ kind, typeOnly }) => kind === 'file' && !typeOnly),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of next.get(file) ?? []) {
      const ring = visit(to, [...path, file]);
      if (ring !== undefined) return ring;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const ring = visit(file, []);
    if (ring !== undefined) return ring;
  }
  return undefined;
}
