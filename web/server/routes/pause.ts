import { z } from 'zod';
import { PauseState } from '../../../core/api/pause.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';

export function pauseRoutes({ route }: Router, { pauses }: Services): void {
  route({
    method: 'get',
    path: '/pause',
    summary: 'Whether the server is paused, by whom, since when and why',
    permission: 'runRead',
    answer: PauseState,
    handle: async () => ({ pause: await pauses.read() }),
  });

  route({
    method: 'put',
    path: '/pause',
    summary: 'Pauses the server: no run and no Job begins until it goes on; what runs finishes, what is started waits',
    permission: 'serverPause',
    body: z.object({ note: z.string().max(500).default('') }),
    answer: PauseState,
    handle: async ({ body, identity }) => ({ pause: await pauses.pause(identity.name, body.note) }),
  });

  route({
    method: 'delete',
    path: '/pause',
    summary: 'Has the server go on',
    permission: 'serverPause',
    handle: () => pauses.resume(),
  });
}
