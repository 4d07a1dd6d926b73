import { NotificationItem } from '../../../core/api/notifications.ts';
import { page } from '../../../core/api/objects.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { RunParams } from './shapes.ts';

export function notificationRoutes({ route }: Router, { runs, notifications }: Services): void {
  route({
    method: 'get',
    path: '/runs/{run}/notifications',
    summary: 'Who was told of the run by Slack and e-mail, oldest first, and what could not be sent',
    permission: 'runRead',
    params: RunParams,
    answer: page(NotificationItem),
    handle: async ({ params }) => {
      const { id } = await runs.find(params.run);
      return { items: await notifications.list(id), next: null };
    },
  });
}
