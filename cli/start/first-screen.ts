/** What a person reads when all is ready. */
export function firstScreen(server: {
  url: string;
  signIn: string;
  found: readonly string[];
  seconds: number;
  /** Where it is another than commands find by themselves. */
  dataDir?: string | undefined;
}): string {
  const of = server.dataDir === undefined ? '' : ` --data-dir ${server.dataDir}`;
  return [
    '',
    `Palvella is ready at ${server.url} (${server.seconds.toFixed(1)} s)`,
    '',
    `  Sign in (this link works once):  ${server.signIn}`,
    ...server.found.map((line) => `  ${line}`),
    '',
    `  Try in a second shell:  npx palvella apply -f examples/hello.yaml${of} && npx palvella run hello --follow${of}`,
    '  Ctrl-C stops everything; the next start goes on where this one stopped.',
    '',
  ].join('\n');
}
