import type { Metadata } from 'next';
import { NewSchedulePage } from '../../../features/schedules/new-schedule-page.tsx';

export const metadata: Metadata = { title: 'New schedule' };

export default function Page() {
  return <NewSchedulePage />;
}
