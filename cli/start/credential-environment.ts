const setting = 'PALVELLA_CREDENTIAL_SOURCES';
/** What values that the server makes are encrypted with. */
const keySetting = 'PALVELLA_SECRET_KEY';

/**
 * Parts what Credentials may read, the variables that the setting names, from everything else: only the process that
 * leases them gets the first.
 */
export function splitCredentials(environment: NodeJS.ProcessEnv): {
  credentials: NodeJS.ProcessEnv;
  others: NodeJS.ProcessEnv;
} {
  const named = new Set([setting, keySetting, ...(environment[setting] ?? '').split(',').map((name) => name.trim())]);
  const entries = Object.entries(environment);
  return {
    credentials: Object.fromEntries(entries.filter(([name]) => named.has(name))),
    others: Object.fromEntries(entries.filter(([name]) => !named.has(name))),
  };
}
