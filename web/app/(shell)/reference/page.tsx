import type { Metadata } from 'next';
import { ReferencePage } from '../../../features/reference/reference-page.tsx';

export const metadata: Metadata = { title: 'API' };

export default function Page() {
  return <ReferencePage />;
}
