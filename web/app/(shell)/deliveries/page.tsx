import type { Metadata } from 'next';
import { DeliveriesPage } from '../../../features/deliveries/deliveries-page.tsx';

export const metadata: Metadata = { title: 'Deliveries' };

export default function Page() {
  return <DeliveriesPage />;
}
