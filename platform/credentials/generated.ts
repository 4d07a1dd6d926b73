import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import type { MadeSecret } from '../../core/api/credentials.ts';
import { PalvellaError } from '../../core/errors.ts';
import { CredentialSpec } from '../../core/language/schema-others.ts';
import { savedSpec } from '../../prisma/repositories/definitions.ts';

/** Values that the server makes for Credentials, and keeps encrypted: the key is not in the database. */
export interface GeneratedSecrets {
  /** A new value, in place of the last. Nobody is shown it again. */
  make(credential: string, property: string | undefined, by: string): Promise<MadeSecret>;
  read(owner: { definitionId: string; name: string; property: string }): Promise<string>;
}

const keySetting = 'PALVELLA_SECRET_KEY';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

export function createGeneratedSecrets(deps: {
  pool: Pool;
  dataDir: string;
  environment: Readonly<Record<string, string | undefined>>;
}): GeneratedSecrets {
  const { pool, dataDir, environment } = deps;
  let known: Promise<Buffer> | undefined;
  const key = () => {
    known ??= secretKey(environment[keySetting], join(dataDir, 'secret.key'));
    known.catch(() => (known = undefined));
    return known;
  };

  return {
    make: async (credential, property, by) => {
      const saved = await savedSpec(pool, 'Credential', credential);
      if (saved === undefined) throw new PalvellaError('not_found', `There is no Credential ${credential}.`);
      const { id } = saved;
      const chosen = chosenProperty(credential, property, CredentialSpec.parse(saved.spec));
      const value = randomBytes(keyBytes).toString('base64url');
      await pool.query(
        `insert into generated_secrets ("definitionId", property, sealed, "madeBy") values ($1, $2, $3, $4)
         on conflict ("definitionId", property) do update
         set sealed = excluded.sealed, "madeBy" = excluded."madeBy", "madeAt" = now()`,
        [id, chosen, seal(await key(), value, ownerText(id, chosen)), by],
      );
      return { property: chosen, value };
    },
    read: async ({ definitionId, name, property }) => {
      const { rows } = await pool.query<{ sealed: Buffer }>(
        'select sealed from generated_secrets where "definitionId" = $1 and property = $2',
        [definitionId, property],
      );
      if (rows[0] === undefined) {
        throw new PalvellaError('credential_unavailable', `The Credential ${name} has no value yet.`, {
          remedy: `Have one made with palvella generate ${name}.`,
        });
      }
      try {
        return unseal(await key(), rows[0].sealed, ownerText(definitionId, property));
      } catch (cause) {
        if (cause instanceof PalvellaError) throw cause;
        throw new PalvellaError('credential_unavailable', `The value of the Credential ${name} cannot be decrypted.`, {
          remedy: `The key is another one: give ${keySetting}, or the file secret.key of the data directory, as it was; else have a new value made.`,
          cause,
        });
      }
    },
  };
}

function chosenProperty(name: string, property: string | undefined, { data }: CredentialSpec): string {
  const generated = Object.keys(data).filter((each) => 'generated' in (data[each] ?? {}));
  const chosen = property ?? (generated.length === 1 ? generated[0] : undefined);
  if (chosen !== undefined && generated.includes(chosen)) return chosen;
  const has =
    generated.length === 0 ? 'None of its values is made by the server.' : `Those that are: ${generated.join(', ')}.`;
  throw new PalvellaError('conflict', `No value can be made for the Credential ${name}. ${has}`, {
    remedy: 'Write data: { text: { generated: true } } where the server shall make the value.',
  });
}

/** Bound to its place, so that a value that is moved in the database opens nowhere else. */
function ownerText(definitionId: string, property: string): string {
  return `${definitionId}\n${property}`;
}

function seal(key: Buffer, value: string, owner: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

function unseal(key: Buffer, sealed: Buffer, owner: string): string {
  const nonce = sealed.subarray(0, nonceBytes);
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
}

/** From the setting, else from a file that the first to need it makes. */
async function secretKey(setting: string | undefined, path: string): Promise<Buffer> {
  if (setting !== undefined && setting !== '') return keyOf(setting, keySetting);
  try {
    return keyOf(await readFile(path, 'utf8'), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await makeKey(path);
  return keyOf(await readFile(path, 'utf8'), path);
}

/** Whole or not at all; where another made one at the same time, that one is the key. */
async function makeKey(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(draft, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}

function keyOf(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === keyBytes) return key;
  throw new PalvellaError('credential_unavailable', `The key in ${where} is not ${keyBytes} bytes in base64.`, {
    remedy: 'Make one with: openssl rand -base64 32',
  });
}
