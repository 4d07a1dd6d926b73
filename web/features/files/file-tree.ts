import type { StoredFile } from '../../../core/api/objects.ts';

export interface FileRow {
  /** Whole key of a file, or of a folder with `/` at its end. */
  key: string;
  name: string;
  depth: number;
  /** Undefined: a folder. */
  file: StoredFile | undefined;
}

/** Keys as folders and files, folders first; what is in a closed folder is left out. With a search all that matches. */
export function fileRows(files: readonly StoredFile[], closed: ReadonlySet<string>, search: string): FileRow[] {
  const wanted = search.trim().toLowerCase();
  const root = folder('');
  for (const file of files) {
    if (!file.key.toLowerCase().includes(wanted)) continue;
    const parts = file.key.split('/');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      const next = at.folders.get(part) ?? folder(`${at.key}${part}/`);
      at.folders.set(part, next);
      at = next;
    }
    at.files.push(file);
  }
  const rows: FileRow[] = [];
  walk(root, 0);
  return rows;

  function walk({ folders, files: own }: Folder, depth: number): void {
    for (const [name, inner] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
      rows.push({ key: inner.key, name, depth, file: undefined });
      if (wanted !== '' || !closed.has(inner.key)) walk(inner, depth + 1);
    }
    for (const file of own) rows.push({ key: file.key, name: file.key.split('/').at(-1) ?? '', depth, file });
  }
}

interface Folder {
  key: string;
  folders: Map<string, Folder>;
  files: StoredFile[];
}

function folder(key: string): Folder {
  return { key, folders: new Map(), files: [] };
}
