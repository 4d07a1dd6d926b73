import type { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import type { LogFormat } from '../start/server-log.ts';
import { command } from './common.ts';

interface Options {
  dataDir: string;
  port: string;
  host: string;
  logFormat: string;
}

export function startCommand(program: Command): void {
  command(program, 'start', 'start Palvella on this machine and keep it running')
    .option('--port <number>', 'port of the web pages and the API', process.env['PALVELLA_PORT'] ?? '4600')
    .option('--host <address>', 'address to listen on', process.env['PALVELLA_HOST'] ?? '127.0.0.1')
    .option('--log-format <format>', 'text or json', process.env['PALVELLA_LOG_FORMAT'] ?? 'text')
    .action(async (options: Options) => {
      const { runInForeground } = await import('../start/foreground.ts');
      await runInForeground({
        dataDir: options.dataDir,
        port: portNumber(options.port),
        host: options.host,
        logFormat: logFormat(options.logFormat),
      });
    });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new CommandFailure(2, `--port ${text} is no port. Give a number from 1 to 65535.`);
}

function logFormat(text: string): LogFormat {
  if (text === 'text' || text === 'json') return text;
  throw new CommandFailure(2, `--log-format ${text} is not known. There are: text, json.`);
}
