import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DefinitionKind } from '../../../../../../core/api/objects.ts';
import { EditorPage } from '../../../../../features/editor/editor-page.tsx';

interface Props {
  params: Promise<{ kind: string; name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).name)}` };
}

export default async function Page({ params }: Props) {
  const { kind, name } = await params;
  const known = DefinitionKind.safeParse(kind);
  if (!known.success) notFound();
  return <EditorPage kind={known.data} name={decodeURIComponent(name)} />;
}
