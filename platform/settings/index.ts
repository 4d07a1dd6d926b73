import type { Json } from '../../core/json.ts';
import type { Database } from '../../prisma/database.ts';

/** Server-wide values that are made once. */
export interface Settings {
  /** The value of that name; the first to ask makes it, and all get the same. */
  getOrCreate<Value extends Json>(name: string, make: () => Value): Promise<Value>;
}

export function createSettings({ pool }: Pick<Database, 'pool'>): Settings {
  const read = async (name: string) =>
    (await pool.query<{ value: Json }>('select value from settings where name = $1', [name])).rows[0];
  return {
    getOrCreate: async <Value extends Json>(name: string, make: () => Value) => {
      const kept = await read(name);
      if (kept !== undefined) return kept.value as Value;
      await pool.query('insert into settings (name, value) values ($1, $2) on conflict do nothing', [
        name,
        JSON.stringify(make()),
      ]);
      return (await read(name))?.value as Value;
    },
  };
}
