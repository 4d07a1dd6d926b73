import type { OutputChunk, Running } from '../../core/contracts/engine.ts';
import type { ActionKey } from '../../core/keys.ts';
import { encodeFrame, maxFramePayload, type Stream } from '../../core/log-frames.ts';
import type { ActionLog, JobApi, Masker, OpenLog } from './ports.ts';
import { createTextCapture, type TextCapture } from './text-capture.ts';

export interface OutputParts {
  api: JobApi;
  key: ActionKey;
  openLog: OpenLog;
  createMasker(): Masker;
  /** Nothing of this Action's log can have been stored before. */
  fresh: boolean;
  needsText: boolean;
}

/** Takes what an Action prints, masks it, and brings it to its log. */
export interface ActionOutput {
  /** Offset up to which an earlier try's output is stored. */
  readonly position: number;
  /** Finds what an earlier try of the activity began, and goes on where its log stops. */
  attach(find: (offset: number) => Promise<Running | undefined>): Promise<Running | undefined>;
  /** Resolves once all output is stored. */
  follow(running: Running): Promise<void>;
  say(stream: Stream, text: string): void;
  /** Resolves once all is stored. */
  finish(): Promise<{ text?: string; textCut?: boolean }>;
  close(): Promise<void>;
}

export async function createActionOutput(parts: OutputParts): Promise<ActionOutput> {
  const { api, key } = parts;
  const masker = parts.createMasker();
  const position = parts.fresh ? { seq: 0, offset: 0 } : await api.logPosition(key);
  let release: (offset: number) => void = () => undefined;
  const log: ActionLog = parts.openLog(api, key, position, (offset) => release(offset));
  let capture = createTextCapture();
  let replay: Promise<void> | undefined;
  let said: Promise<void> = Promise.resolve();
  let at = position.offset;

  async function write(chunk: OutputChunk | undefined): Promise<void> {
    if (chunk === undefined) return;
    at = chunk.end;
    if (parts.needsText && replay === undefined) capture.add(chunk.frames);
    await log.write(chunk);
  }

  /** The log's beginning is stored already, but its text is wanted again. */
  async function readAgain(running: Running | undefined): Promise<void> {
    const text = createTextCapture();
    capture = text;
    // What is stored may be gone from here: then who wants the text reads the log.
    await collect(running, text).catch(() => text.cut());
  }

  async function collect(running: Running | undefined, text: TextCapture): Promise<void> {
    const again = parts.createMasker();
    for await (const chunk of running?.output ?? []) {
      const masked = again.push(chunk);
      if (masked !== undefined) text.add(masked.frames);
      if (text.full) return;
    }
    const rest = again.flush();
    if (rest !== undefined) text.add(rest.frames);
  }

  return {
    position: position.offset,
    async attach(find) {
      if (parts.fresh) return undefined;
      const running = await find(position.offset);
      if (running !== undefined && parts.needsText && position.offset > 0) replay = readAgain(await find(0));
      return running;
    },
    async follow(running) {
      release = running.release;
      for await (const chunk of running.output) await write(masker.push(chunk));
      await write(masker.flush());
    },
    say(stream, text) {
      if (text === '') return;
      const payload = Buffer.from(masker.text(text.endsWith('\n') ? text : `${text}\n`));
      for (let from = 0; from < payload.length; from += maxFramePayload) {
        const frames = encodeFrame({
          time: Date.now(),
          stream,
          payload: payload.subarray(from, from + maxFramePayload),
        });
        said = said.then(() => write({ end: at, frames }));
      }
      // Its failure shows in `finish`.
      said.catch(() => undefined);
    },
    async finish() {
      await said;
      await Promise.all([log.flush(), replay]);
      return parts.needsText ? capture.result() : {};
    },
    close: () => log.close(),
  };
}
