import { expect, test } from 'vitest';
import { palvellaAgainst } from '../../test/support/answering.ts';

test('revoke says as JSON what it has done', async () => {
  const outcome = await palvellaAgainst(
    (request, response) => {
      response.statusCode = request.method === 'DELETE' && request.url === '/api/v1/tokens/t1' ? 204 : 500;
      response.end();
    },
    ['token', 'revoke', 't1', '--json'],
  );
  expect(outcome).toEqual({ status: 0, stdout: '{"id":"t1","revoked":true}\n', stderr: '' });
});
