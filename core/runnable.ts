/** What can be run by its name, for which all of them share one namespace; what is meant first comes first. */
export const runnableKinds = ['Pipeline', 'Job', 'Action'] as const;
export type RunnableKind = (typeof runnableKinds)[number];

export function isRunnable(kind: string): kind is RunnableKind {
  return runnableKinds.some((one) => one === kind);
}
