const mostWords = 8;

/** What was typed: its words in lower case, and the run's number that it ends with, as in `deploy 128` or `deploy#128`. */
export interface SearchQuery {
  words: string[];
  /** The words without the number. */
  names: string[];
  number: number | undefined;
  /** Where it may be a commit: as git shortens them, or whole. */
  commit: string | undefined;
  /** Between what ids such are that begin with it, where it may be the beginning of one. */
  ids: { from: string; to: string } | undefined;
  /** Where it may be what a sender calls a delivery: as it was typed. */
  key: string | undefined;
}

export function readQuery(text: string): SearchQuery {
  const words = text.toLowerCase().trim().split(/\s+/).filter(Boolean).slice(0, mostWords);
  const [, before = '', digits] = /^(.*?)(?:^|[\s#/])(\d{1,9})$/.exec(words.join(' ')) ?? [];
  const numbered =
    digits === undefined
      ? { names: words, number: undefined }
      : { names: before.split(/[\s#/]+/).filter(Boolean), number: Number(digits) };
  return { words, ...numbered, ...(words.length === 1 ? single(text.trim()) : noSingle) };
}

const noSingle = { commit: undefined, ids: undefined, key: undefined };

function single(typed: string): Pick<SearchQuery, 'commit' | 'ids' | 'key'> {
  const word = typed.toLowerCase();
  const digits = word.replaceAll('-', '');
  return {
    commit: /^[\da-f]{4,64}$/.test(word) ? word : undefined,
    ids: /^[\da-f]{8,32}$/.test(digits) ? { from: digits.padEnd(32, '0'), to: digits.padEnd(32, 'f') } : undefined,
    key: typed.length < 8 ? undefined : typed,
  };
}

/** A number, and those that begin with it and have one digit more: it may not be typed out yet. */
export function begunNumbers(number: number): number[] {
  const longer = Array.from({ length: 10 }, (_, digit) => number * 10 + digit);
  return [number, ...longer.filter((each) => each > 0 && each < 2 ** 31)];
}
