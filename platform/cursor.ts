import { PalvellaError } from '../core/errors.ts';
import { isUuid } from '../prisma/uuid7.ts';

/** What `read` finds in a cursor, which is what a list gave as its `next`; what it finds nothing in is refused. */
export function readCursor<Place>(
  cursor: string | undefined,
  read: (cursor: string) => Place | undefined,
): Place | undefined {
  if (cursor === undefined) return undefined;
  const place = read(cursor);
  if (place !== undefined) return place;
  throw new PalvellaError('invalid_request', 'The cursor is none of ours.', { remedy: 'Use what next was.' });
}

/** Of a list in which the id alone says what comes next. */
export function readIdCursor(cursor: string | undefined): string | undefined {
  return readCursor(cursor, (id) => (isUuid(id) ? id : undefined));
}

/** Whether a cursor's time is as we write it: other text, or a day that no calendar has, the database would not take. */
export function isWrittenTime(text: string): boolean {
  const time = new Date(text);
  return text > '0001' && !Number.isNaN(time.getTime()) && time.toISOString() === text;
}
