import { expect, test } from 'vitest';
import { splitCredentials } from './credential-environment.ts';

test('variables that Credentials may read go to the process that leases them, and to no other', () => {
  const sources = 'DEPLOY_KEY, /run/secrets/token,NOT_SET';
  const environment = {
    PATH: '/bin',
    DEPLOY_KEY: 'secret',
    OTHER: 'x',
    PALVELLA_CREDENTIAL_SOURCES: sources,
    PALVELLA_SECRET_KEY: 'k',
  };
  expect(splitCredentials(environment)).toEqual({
    credentials: { DEPLOY_KEY: 'secret', PALVELLA_CREDENTIAL_SOURCES: sources, PALVELLA_SECRET_KEY: 'k' },
    others: { PATH: '/bin', OTHER: 'x' },
  });
});

test('without the setting there is nothing to read', () => {
  expect(splitCredentials({ PATH: '/bin' })).toEqual({ credentials: {}, others: { PATH: '/bin' } });
});
