import type { Metadata } from 'next';
import { EditorPage } from '../../../../features/editor/editor-page.tsx';

export const metadata: Metadata = { title: 'New Pipeline' };

export default function Page() {
  return <EditorPage kind="Pipeline" name={null} />;
}
