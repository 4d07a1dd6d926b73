'use client';
import { useEffect, useState } from 'react';
import type { Problem } from '../../../core/errors.ts';
import { errorText, isRefusal } from '../api/error.ts';
import { editorApi } from './editor-api.ts';

const localMs = 120;
const serverMs = 350;
const againMs = 3_000;
/** Reading what is larger takes the page's breath away while one types; the server does it all. */
const largestLocal = 100_000;

export interface Problems {
  of: string;
  found: readonly Problem[];
  /** Whether the server, which finds more than the language itself, has looked; or why it could not. */
  checked: 'not yet' | 'yes' | { failure: string };
}

/**
 * What is wrong with a text: first what the language itself says, here, then all that the server finds, which knows the
 * library and the types of Actions. Until either has looked, what was found in the text before. A text as it was saved is
 * left to the server: the language itself found nothing in it.
 */
export function useProblems(text: string, state: 'blank' | 'saved' | 'edited'): Problems {
  const [problems, setProblems] = useState<Problems>({ of: '', found: [], checked: 'not yet' });
  useEffect(() => {
    if (state === 'blank') {
      setProblems({ of: text, found: [], checked: 'yes' });
      return;
    }
    const abort = new AbortController();
    const lookHere = async () => {
      if (state === 'saved' || text.length > largestLocal) return;
      const found = await onlyDocument(text).catch((): Problem[] => []);
      if (found.length === 0 || abort.signal.aborted) return;
      setProblems((last) =>
        last.of === text && last.checked === 'yes' ? last : { of: text, found, checked: last.checked },
      );
    };
    const lookThere = async () => {
      try {
        const { problems: found } = await editorApi.validate(text, abort.signal);
        if (!abort.signal.aborted) setProblems({ of: text, found: [...several(text), ...found], checked: 'yes' });
      } catch (error) {
        if (abort.signal.aborted) return;
        const checked = { failure: errorText(error) };
        // What was found in another text may be mended, and nobody would say so.
        setProblems((last) => ({ of: text, found: last.of === text ? last.found : [], checked }));
        if (!isRefusal(error)) there = setTimeout(() => void lookThere(), againMs);
      }
    };
    const here = setTimeout(() => void lookHere(), localMs);
    let there = setTimeout(() => void lookThere(), serverMs);
    return () => {
      clearTimeout(here);
      clearTimeout(there);
      abort.abort();
    };
  }, [text, state]);
  return problems;
}

async function onlyDocument(text: string): Promise<Problem[]> {
  const { parseFiles } = await import('../../../core/language/parse.ts');
  return [...several(text), ...parseFiles([{ name: '', content: text }]).problems];
}

/** The editor holds one document. */
function several(text: string): Problem[] {
  const line = text.split('\n').findIndex((each, index) => index > 0 && /^---(\s|$)/.test(each));
  const before =
    line === -1
      ? ''
      : text
          .split('\n')
          .slice(0, line)
          .join('\n')
          .replaceAll(/^\s*#.*$/gm, '')
          .trim();
  if (before === '') return [];
  return [
    {
      file: '',
      line: line + 1,
      column: 1,
      path: '',
      message: 'An editor holds one document, and here another begins.',
      remedy: 'Save each by itself, or use palvella apply -f FILE.',
    },
  ];
}
