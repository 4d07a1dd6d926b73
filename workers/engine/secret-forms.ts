/** A shorter text would blot out half the log, and is no secret. */
const shortest = 4;
const shortestEncoded = 8;
/** Line lengths at which `base64` and `openssl` wrap. */
const wraps = [76, 64];

/**
 * Every form in which a secret may be printed: as it is, each of its lines, base64 as it looks at each of the three
 * places in a longer text, the URL-safe alphabet, URL and JSON escapes. None holds a line end.
 */
export function secretForms(secrets: readonly string[]): Buffer[] {
  const forms = new Set<string>();
  const add = (text: string, least: number) => {
    for (const line of text.split(/\r?\n/)) if (Buffer.byteLength(line) >= least) forms.add(line);
  };
  for (const secret of secrets) {
    for (const text of [secret, secret.trim(), ...secret.split(/\r?\n/)]) {
      add(text, shortest);
      add(JSON.stringify(text).slice(1, -1), shortest);
      for (const encoded of urlForms(text)) add(encoded, shortest);
      for (const encoded of base64Forms(text)) add(encoded, shortestEncoded);
    }
  }
  return [...forms].sort((a, b) => b.length - a.length).map((form) => Buffer.from(form));
}

function urlForms(text: string): string[] {
  const encoded = encodeURIComponent(text.toWellFormed());
  const lower = encoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
  return [encoded, lower, encoded.replaceAll('%20', '+'), strict(encoded), encodeURI(text.toWellFormed())];
}

/** As most tools but JavaScript escape. */
function strict(encoded: string): string {
  return encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text);
  const forms: string[] = [];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // What neighbours change is left out: the first character that shares bits with them, and the last.
    const start = before === 0 ? 0 : before + 1;
    const shared = (before + bytes.length) % 3;
    const end = encoded.length - (shared === 0 ? 0 : shared === 1 ? 3 : 2);
    const stable = encoded.slice(start, end);
    forms.push(stable, stable.replaceAll('+', '-').replaceAll('/', '_'));
    if (before > 0) continue;
    // As it is, and with more behind it, as a line end of `echo`.
    for (const whole of [encoded, stable]) for (const width of wraps) forms.push(wrapped(whole, width));
  }
  return forms;
}

function wrapped(text: string, width: number): string {
  return text.replace(new RegExp(`.{${width}}`, 'g'), '$&\n');
}
