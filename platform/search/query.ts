const mostWords = 8;

/** What was typed: its words in lower case, and the run's number that it ends with, as in `deploy 128` or `deploy#128`. */
export interface SearchQuery {
  words: string[];
  /** The words without the number. */
  names: string[];
  number: number | undefined;
}

export function readQuery(text: string): SearchQuery {
  const words = text.toLowerCase().trim().split(/\s+/).filter(Boolean).slice(0, mostWords);
  const [, before = '', digits] = /^(.*?)(?:^|[\s#/])(\d{1,9})$/.exec(words.join(' ')) ?? [];
  if (digits === undefined) return { words, names: words, number: undefined };
  return { words, names: before.split(/[\s#/]+/).filter(Boolean), number: Number(digits) };
}

/** A number, and those that begin with it and have one digit more: it may not be typed out yet. */
export function begunNumbers(number: number): number[] {
  const longer = Array.from({ length: 10 }, (_, digit) => number * 10 + digit);
  return [number, ...longer.filter((each) => each > 0 && each < 2 ** 31)];
}
