import type { Place } from './place.ts';
import { postgres } from './postgres.ts';
import type { Part } from './supervisor.ts';
import { temporalServer } from './temporal-server.ts';

/** Where it answers is known at once; the parts take as long as making them ready to start takes. */
export interface Database {
  url: string;
  parts: readonly Promise<Part>[];
}

export interface Temporal {
  address: string;
  parts: readonly Promise<Part>[];
}

/** PostgreSQL: by DATABASE_URL, else one of our own. */
export async function database(place: Place, env: NodeJS.ProcessEnv = process.env): Promise<Database> {
  const url = env['DATABASE_URL'];
  if (url !== undefined && url !== '') return { url, parts: [] };
  const { part, ...own } = await postgres(place);
  return { ...own, parts: [awaitedLater(part)] };
}

/** Temporal: by TEMPORAL_ADDRESS, else one of our own. */
export async function temporal(place: Place, env: NodeJS.ProcessEnv = process.env): Promise<Temporal> {
  const address = env['TEMPORAL_ADDRESS'];
  if (address !== undefined && address !== '') return { address, parts: [] };
  const { part, ...own } = await temporalServer(place, env);
  return { ...own, parts: [awaitedLater(part)] };
}

/** One that fails before anybody waits for it must not end this process. */
function awaitedLater(part: Promise<Part>): Promise<Part> {
  part.catch(() => {});
  return part;
}
