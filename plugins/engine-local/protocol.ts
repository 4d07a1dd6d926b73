/** What the engine and its supervisor say to each other: one JSON object a line, over a Unix socket. */
export type Request =
  | { id: number; do: 'start'; folder: string; argv: string[]; cwd: string; env: Record<string, string> }
  /** Asks for notices about a command; `known: false` where this supervisor does not run it. */
  | { id: number; do: 'follow'; folder: string }
  | { id: number; do: 'signal'; folder: string; signal: 'SIGTERM' | 'SIGKILL' }
  /** Output up to here may go. */
  | { id: number; do: 'release'; folder: string; offset: number }
  /** The Worker stops in an orderly way: with nothing running there is nothing to wait for. */
  | { id: number; do: 'leave' };

export type Answer = { id: number; known: boolean; bytes: number };

/** Calls `each` with every line of a socket, parsed. */
export function onLines<T>(socket: NodeJS.ReadableStream, each: (message: T) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) each(JSON.parse(line) as T);
  });
}
