'use client';
import { useRef } from 'react';
import type { Definition, DefinitionKind } from '../../../core/api/objects.ts';
import { apiPath } from '../api/client.ts';
import { readEarly } from '../api/early.ts';
import { useDefinition, useSession } from '../api/queries.ts';
import { soon } from '../later/later.tsx';
import { NoSuch, NotThere } from '../lists/not-there.tsx';
import { Failure, Skeletons } from '../lists/states.tsx';
import { useCatalogue, useLanguageSchema } from './editor-api.ts';

const EditorScreen = soon(
  () => import('./editor-screen.tsx').then((room) => room.EditorScreen),
  () => <Skeletons rows={8} />,
);

/** The editor of a new definition, or of one that is saved. */
export function EditorPage({ kind, name }: { kind: DefinitionKind; name: string | null }) {
  if (name !== null) readEarly(apiPath(['definitions', kind, name]));
  for (const path of ['catalogue', 'schema.json']) readEarly(apiPath([path]));
  // All that the screen needs is asked for at once, not one after the other.
  const vocabulary = { catalogue: useCatalogue(), schema: useLanguageSchema(), session: useSession() };
  return name === null ? (
    <WithVocabulary vocabulary={vocabulary} kind={kind} name={null} base={null} baseText={`kind: ${kind}\n`} />
  ) : (
    <SavedEditor vocabulary={vocabulary} kind={kind} name={name} />
  );
}

interface VocabularyReads {
  catalogue: ReturnType<typeof useCatalogue>;
  schema: ReturnType<typeof useLanguageSchema>;
  session: ReturnType<typeof useSession>;
}

function SavedEditor({ vocabulary, kind, name }: { vocabulary: VocabularyReads; kind: DefinitionKind; name: string }) {
  const read = useDefinition(kind, name, { refetchOnMount: 'always' });
  // What another page read may be old by now; and what is read later is no longer what one began from.
  const began = useRef<Definition | undefined>(undefined);
  if (read.isSuccess && !read.isFetching) began.current ??= read.data;
  if (began.current !== undefined) {
    const { version, source } = began.current;
    return <WithVocabulary vocabulary={vocabulary} kind={kind} name={name} base={version} baseText={source} />;
  }
  if (read.error === null) return <Skeletons rows={8} />;
  const gone =
    kind === 'Trigger' ? (
      <NoSuch what={kind} href="/triggers" all="All Triggers" />
    ) : (
      <NoSuch what={kind} href="/pipelines" all="All Pipelines" />
    );
  return <NotThere title={name} read={read} gone={gone} />;
}

function WithVocabulary({
  vocabulary: { catalogue, schema, session },
  ...saved
}: {
  vocabulary: VocabularyReads;
  kind: DefinitionKind;
  name: string | null;
  base: number | null;
  baseText: string;
}) {
  for (const read of [catalogue, schema, session]) {
    if (read.data === undefined && read.error !== null) {
      return <Failure error={read.error} onRetry={() => void read.refetch()} />;
    }
  }
  if (catalogue.data === undefined || schema.data === undefined || session.data === undefined)
    return <Skeletons rows={8} />;
  return (
    <EditorScreen
      saved={saved}
      vocabulary={{ actions: catalogue.data.actions, schema: schema.data }}
      session={session.data}
    />
  );
}
