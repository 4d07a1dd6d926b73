'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Definition, DefinitionKind } from '../../../core/api/objects.ts';
import { api } from '../api/client.ts';
import { ApiError } from '../api/error.ts';
import { editorApi } from './editor-api.ts';

/** What a text was begun from. */
export interface Base {
  name: string | null;
  /** Null: it was never saved. */
  version: number | null;
  text: string;
}

/** Saves only over what the text was begun from; where somebody else was quicker, `theirs` is what they saved. */
export function useSaving(kind: DefinitionKind, base: Base, onSaved: (saved: Base) => void) {
  const queries = useQueryClient();
  const [theirs, setTheirs] = useState<Definition | null>(null);
  const save = useMutation({
    mutationFn: async ({ text, name, note }: { text: string; name: string; note: string }) => {
      const version = name === base.name ? base.version : null;
      const result = await editorApi.apply(text, note, { kind, name, version }).catch(async (error: unknown) => {
        if (error instanceof ApiError && error.problem?.code === 'conflict') {
          setTheirs(await api.definition(kind, name, undefined));
        }
        throw error;
      });
      const saved = result.saved.find((each) => each.kind === kind && each.name === name);
      return { name, version: saved?.version ?? null, text };
    },
    onSuccess: (saved) => {
      onSaved(saved);
      for (const key of [
        'definition',
        'versions',
        'pipeline',
        'pipelines',
        'library',
        'schedule',
        'schedules',
        'triggers',
      ]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
  return { save, theirs, forgetTheirs: () => setTheirs(null) };
}
