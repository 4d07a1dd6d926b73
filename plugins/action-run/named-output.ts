import { isObject } from '../../core/is-object.ts';
import type { Json, JsonObject } from '../../core/json.ts';

export type NamedOutput = { ok: true; output: JsonObject } | { ok: false; reason: string };

const line = /^([A-Za-z_][A-Za-z0-9_-]*)=(.*)$/;

/** Reads what a command wrote to `$PALVELLA_OUTPUT`: lines of `name=value`, the last of a name wins, or one JSON object. */
export function parseNamedOutput(text: string): NamedOutput {
  const whole = text.trimStart().startsWith('{') ? parseJson(text) : undefined;
  if (isObject(whole)) return { ok: true, output: whole };
  const entries: [string, Json][] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const written = raw.replace(/\r$/, '');
    if (written.trim() === '') continue;
    const [, name, value] = line.exec(written) ?? [];
    if (name === undefined || value === undefined) {
      return {
        ok: false,
        reason: `Line ${index + 1} of $PALVELLA_OUTPUT is not name=value. Write one output a line, or one JSON object.`,
      };
    }
    entries.push([name, parseValue(value)]);
  }
  return { ok: true, output: Object.fromEntries(entries) };
}

/** Lists, objects, `true`, `false` and numbers that print back the same are what they look like; all else is text. */
function parseValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  if (Number.isFinite(number) && String(number) === text) return number;
  if (!/^\s*[[{]/.test(text)) return text;
  return parseJson(text) ?? text;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
