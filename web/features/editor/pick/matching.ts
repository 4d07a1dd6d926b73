/** One thing to choose. */
export interface Offer {
  id: string;
  title: string;
  /** One line. */
  description: string;
  example?: string | undefined;
  /** Heading that it is listed below. */
  group: string;
}

/** Those that have every word of the query somewhere; whose title has them come first. */
export function matching(offers: readonly Offer[], query: string): Offer[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const found = offers.filter(({ id, title, description }) => has(`${title} ${id} ${description}`));
  return [...found.filter(({ title }) => has(title)), ...found.filter(({ title }) => !has(title))];
}
