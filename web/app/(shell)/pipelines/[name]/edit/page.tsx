import type { Metadata } from 'next';
import { EditorPage } from '../../../../../features/editor/editor-page.tsx';

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).name)}` };
}

export default async function Page({ params }: Props) {
  return <EditorPage kind="Pipeline" name={decodeURIComponent((await params).name)} />;
}
