import { whenUnread } from '../unread.ts';
import { askedToEnd, whenAsked } from './asked-to-end.ts';
import { firstScreen } from './first-screen.ts';
import { whatIsFound } from './found.ts';
import { startServer } from './server.ts';
import { type LogFormat, serverLog } from './server-log.ts';

export interface StartOptions {
  dataDir: string;
  port: number;
  host: string;
  logFormat: LogFormat;
}

/** `palvella start`: until a signal asks it to end. A second signal ends it at once. */
export async function runInForeground({ logFormat, ...options }: StartOptions): Promise<void> {
  const began = Date.now();
  const log = serverLog(logFormat);
  const asked = askedToEnd();
  // A `| tee` ends by the same Ctrl-C; the server has its parts to end first, and a log that nobody reads ends no server.
  whenUnread(() => {});
  const server = await startServer({ ...options, log, asked });
  const seconds = (Date.now() - began) / 1000;
  if (logFormat === 'json') log.say(`ready at ${server.url}, sign in at ${server.signIn}`);
  else {
    const { dataDir } = options;
    process.stdout.write(firstScreen({ ...server, found: await whatIsFound(process.env), seconds, dataDir }));
  }
  await new Promise<void>((done) => whenAsked(asked, done));
  log.say('stopping …');
  await server.stop();
  log.say('stopped');
}
