import { buffer } from 'node:stream/consumers';
import type { FilePreview } from '../../core/api/previews.ts';
import type { Files } from './index.ts';

/** Bytes of a text that are shown, and of an image. */
export const mostText = 256 * 1024;
const mostImage = 20 * 1024 * 1024;

/** How the files of each image that a browser only draws begin. SVG is a document that can act, so it is none of them. */
const images: readonly { type: string; begins: readonly [offset: number, text: string][] }[] = [
  { type: 'image/png', begins: [[0, '\x89PNG\r\n\x1a\n']] },
  { type: 'image/jpeg', begins: [[0, '\xff\xd8\xff']] },
  { type: 'image/gif', begins: [[0, 'GIF8']] },
  {
    type: 'image/webp',
    begins: [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  },
];

export async function previewFile(files: Files, runId: string, key: string): Promise<FilePreview> {
  const { size, content } = await files.get(runId, key, { start: 0, end: mostText });
  const bytes = await buffer(content);
  const none = { text: '', isCut: false };
  if (imageType(bytes) !== undefined && size <= mostImage) return { kind: 'image', ...none };
  const isCut = size > mostText;
  const text = textOf(bytes, isCut);
  return text === undefined ? { kind: 'none', ...none } : { kind: 'text', text, isCut };
}

/** Of an image that may be shown; undefined of all else. */
export async function imageOf(files: Files, runId: string, key: string) {
  const { content: beginning } = await files.get(runId, key, { start: 0, end: 16 });
  const type = imageType(await buffer(beginning));
  const file = await files.get(runId, key);
  if (type !== undefined && file.size <= mostImage) return { type, ...file };
  file.content.destroy();
  return undefined;
}

/** By what it holds: a name says nothing. */
function imageType(bytes: Buffer): string | undefined {
  return images.find(({ begins }) =>
    begins.every(([offset, text]) => bytes.toString('latin1', offset, offset + text.length) === text),
  )?.type;
}

/** Undefined where it is no text in UTF-8. A character that the cut goes through is left out. */
export function textOf(bytes: Buffer, isCut: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
