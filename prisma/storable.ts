/** Of JSON: an escaped NUL, or half of a surrogate pair, which `JSON.stringify` escapes where it stands alone. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** Text as PostgreSQL takes it: U+FFFD for each NUL. What is no Unicode the driver replaces by itself. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

/** JSON as PostgreSQL takes it: U+FFFD for each NUL and each half of a surrogate pair, in names of fields too. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? json.replace(unstorable, '$1\\ufffd') : json;
}
