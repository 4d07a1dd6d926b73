/** Texts that there were, for undo and redo. */
export interface History {
  past: readonly string[];
  present: string;
  future: readonly string[];
  /** What the last change was about, and when, in milliseconds: typing on is one step. */
  last: { about: string; at: number } | null;
}

const mostSteps = 200;
const pauseMs = 1_500;

export function historyOf(text: string): History {
  return { past: [], present: text, future: [], last: null };
}

/** Changes that are `about` the same, without a pause between, are undone together. */
export function changed(history: History, text: string, about: string, at: number): History {
  if (text === history.present) return history;
  const { last } = history;
  const goesOn = last !== null && last.about === about && at - last.at < pauseMs && about !== '';
  return {
    past: goesOn ? history.past : [...history.past, history.present].slice(-mostSteps),
    present: text,
    future: [],
    last: { about, at },
  };
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present: before, future, last: null };
}

export function redone(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, last: null };
}
