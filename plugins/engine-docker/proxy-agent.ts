import { Agent, type ClientRequest, request } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { Proxies } from './connection.ts';

const connectMs = 30_000;

/** Reaches a daemon at TCP by way of an HTTP proxy; undefined where none is set for this host. */
export function proxyAgent(host: string, secure: boolean, proxies: Proxies): Agent | undefined {
  const proxy = secure ? proxies.https_proxy : proxies.http_proxy;
  if (proxy === undefined || isExempt(host, proxies.no_proxy ?? '')) return undefined;
  const agent = secure ? new SecureAgent() : new Agent();
  agent.createConnection = (options, callback) => {
    const target = `${options.host}:${options.port}`;
    tunnel(new URL(proxy), target, (error, socket) => {
      if (socket === undefined || !secure) callback?.(error, socket as Duplex);
      else callback?.(null, connectTls({ ...(options as object), socket, servername: options.host ?? host }));
    });
    return undefined;
  };
  return agent;
}

function tunnel(proxy: URL, target: string, done: (error: Error | null, socket?: Duplex) => void): void {
  const login = proxy.username === '' ? {} : { 'proxy-authorization': basic(proxy) };
  const asked: ClientRequest = request({
    host: proxy.hostname,
    port: proxy.port || 80,
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...login },
    timeout: connectMs,
  });
  asked.on('connect', (answer, socket) => {
    if (answer.statusCode === 200) done(null, socket);
    else done(new Error(`the proxy ${proxy.host} answered ${answer.statusCode}`));
  });
  asked.on('timeout', () => asked.destroy(new Error(`the proxy ${proxy.host} does not answer`)));
  asked.on('error', (error) => done(error));
  asked.end();
}

function basic(proxy: URL): string {
  const text = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

/** As in no_proxy: names, with all that ends in them, and *. */
function isExempt(host: string, list: string): boolean {
  const names = list.split(',').map((name) => name.trim().replace(/^\*?\./, ''));
  return names.some((name) => name === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`))));
}
