import type { Metadata } from 'next';
import { PipelinePage } from '../../../../features/pipelines/pipeline-page.tsx';

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  return <PipelinePage name={decodeURIComponent((await params).name)} />;
}
