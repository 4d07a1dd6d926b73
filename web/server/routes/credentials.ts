import { z } from 'zod';
import { MadeSecret } from '../../../core/api/credentials.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Name } from './shapes.ts';

export function credentialRoutes({ route }: Router, { generatedSecrets }: Services): void {
  route({
    method: 'post',
    path: '/credentials/{name}/generate',
    summary: 'Make a value for a Credential, in place of the last; it is shown this once',
    permission: 'credentialWrite',
    params: z.object({ name: Name }),
    body: z.object({ property: Name.optional() }),
    answer: MadeSecret,
    status: 201,
    handle: ({ params, body, identity }) => generatedSecrets.make(params.name, body.property, identity.name),
  });
}
