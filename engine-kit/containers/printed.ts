import type { Container } from './container.ts';

/** Bounds on what an image's programs do, which are not ours: bytes of output and how long they may take. */
interface PrintLimits {
  most: number;
  withinMs: number;
}

const usual: PrintLimits = { most: 64 * 1024, withinMs: 60_000 };

/** What a script prints on its standard output, without white space around it. */
export async function printed(container: Container, script: string, limits = usual): Promise<string> {
  return (await printedBytes(container, script, limits)).toString().trim();
}

/** Breaks off at the limits. */
export async function printedBytes(container: Container, script: string, limits = usual): Promise<Buffer> {
  const exec = await container.exec(['sh', '-s'], script);
  const late = setTimeout(() => exec.close(), limits.withinMs);
  const read: Buffer[] = [];
  let size = 0;
  try {
    for await (const { stream, bytes } of exec.output) {
      if (stream !== 'stdout') continue;
      read.push(bytes);
      size += bytes.length;
      if (size >= limits.most) break;
    }
  } finally {
    clearTimeout(late);
    exec.close();
  }
  return Buffer.concat(read).subarray(0, limits.most);
}
