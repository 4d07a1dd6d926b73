import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';

/** Read anew with the approvals, which change when a message has gone out; `version` is what changes when the run does. */
export function useNotifications(run: string, version: number) {
  return useQuery({
    queryKey: ['approvals', 'notifications', run, version],
    queryFn: ({ signal }) => api.notifications(run, signal),
    placeholderData: (last) => last,
  });
}
