import type { Metadata } from 'next';
import { TriggerPage } from '../../../../features/triggers/trigger-page.tsx';

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  return <TriggerPage name={decodeURIComponent((await params).name)} />;
}
