import { offered, usualDataDir } from '../data-dir.ts';

/** What a person reads when all is ready. */
export function firstScreen(server: {
  url: string;
  signIn: string;
  found: readonly string[];
  seconds: number;
  dataDir: string;
}): string {
  // A second shell need not know the environment of this one.
  const [apply, run] = ['apply -f examples/hello.yaml', 'run hello --follow'].map((command) =>
    offered(command, server.dataDir, usualDataDir),
  );
  return [
    '',
    `Palvella is ready at ${server.url} (${server.seconds.toFixed(1)} s)`,
    '',
    `  Sign in (this link works once):  ${server.signIn}`,
    ...server.found.map((line) => `  ${line}`),
    '',
    `  Try in a second shell:  npx ${apply} && npx ${run}`,
    '  Ctrl-C stops everything; the next start goes on where this one stopped.',
    '',
  ].join('\n');
}
