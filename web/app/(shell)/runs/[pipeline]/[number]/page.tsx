import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RunPage } from '../../../../../features/runs/run-page.tsx';

interface Props {
  params: Promise<{ pipeline: string; number: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { pipeline, number } = await params;
  return { title: `${decodeURIComponent(pipeline)} #${number}` };
}

export default async function Page({ params }: Props) {
  const { pipeline, number } = await params;
  if (!/^[1-9]\d*$/.test(number)) notFound();
  return <RunPage pipeline={decodeURIComponent(pipeline)} number={Number(number)} />;
}
