export interface Statement {
  text: string;
  values?: unknown[];
}

/** From an expression for a moment, an id that sorts by it. */
export const idAt = (moment: string) => `(
  lpad(to_hex((extract(epoch from ${moment}) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
  || '8' || substr(md5(random()::text), 1, 15))::uuid`;
/** As the API writes a moment, in a state. */
export const iso = (moment: string) => `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
