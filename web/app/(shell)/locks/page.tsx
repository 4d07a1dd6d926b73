import type { Metadata } from 'next';
import { LocksPage } from '../../../features/locks/locks-page.tsx';

export const metadata: Metadata = { title: 'Locks' };

export default function Page() {
  return <LocksPage />;
}
