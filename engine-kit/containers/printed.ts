import type { Container } from './container.ts';

/** What a script prints on its standard output, without white space around it. */
export async function printed(container: Container, script: string): Promise<string> {
  return (await printedBytes(container, script)).toString().trim();
}

export async function printedBytes(container: Container, script: string): Promise<Buffer> {
  const exec = await container.exec(['sh', '-s'], script);
  const read: Buffer[] = [];
  try {
    for await (const { stream, bytes } of exec.output) if (stream === 'stdout') read.push(bytes);
  } finally {
    exec.close();
  }
  return Buffer.concat(read);
}
