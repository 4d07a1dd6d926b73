import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DefinitionKind } from '../../../../../core/api/objects.ts';
import { EditorPage } from '../../../../features/editor/editor-page.tsx';

interface Props {
  params: Promise<{ kind: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `New ${(await params).kind}` };
}

/** A new definition of this kind. */
export default async function Page({ params }: Props) {
  const known = DefinitionKind.safeParse((await params).kind);
  if (!known.success) notFound();
  return <EditorPage kind={known.data} name={null} />;
}
