/** Where no other is named. */
export const usualDataDir = '.palvella';

/** The data directory of a command that is given none. */
export function foundDataDir(): string {
  return process.env['PALVELLA_DATA_DIR'] ?? usualDataDir;
}

/** A command that a reader is told to type: with the data directory, where it is another than commands find by themselves. */
export function offered(command: string, dataDir: string, found = foundDataDir()): string {
  return `palvella ${command}${dataDir === found ? '' : ` --data-dir ${quoted(dataDir)}`}`;
}

/** As a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
