import type { Metadata } from 'next';
import { DefinitionPage } from '../../../../features/library/definition-page.tsx';

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  return <DefinitionPage kind="Job" name={decodeURIComponent((await params).name)} />;
}
