import { type ClientHttp2Session, connect } from 'node:http2';

const pauseMs = 20;
const patienceMs = 2_000;

/** Resolves once the gRPC service at the address says that it serves, or when `over` is aborted. */
export async function serves(address: string, service: string, over: AbortSignal): Promise<void> {
  while (!over.aborted && !(await ask(address, service).catch(() => false))) {
    await new Promise((done) => setTimeout(done, pauseMs));
  }
}

/** A call of `grpc.health.v1.Health/Check`, by hand: the client library is larger than all else in this process. */
async function ask(address: string, service: string): Promise<boolean> {
  const session = connect(`http://${address}`);
  try {
    const answer = await call(session, request(service));
    return answer.equals(serving);
  } finally {
    session.destroy();
  }
}

function call(session: ClientHttp2Session, body: Buffer): Promise<Buffer> {
  return new Promise((done, fail) => {
    session.on('error', fail);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const parts: Buffer[] = [];
    stream.setTimeout(patienceMs, () => stream.close());
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('error', fail);
    stream.on('close', () => done(Buffer.concat(parts)));
    stream.end(body);
  });
}

/** A message of one field, number 1, that holds the name; before it, that it is not compressed, and its length. */
function request(service: string): Buffer {
  const name = Buffer.from(service);
  const message = Buffer.from([0x0a, name.length, ...name]);
  return Buffer.from([0, 0, 0, 0, message.length, ...message]);
}

/** Field 1, `status`, is 1, `SERVING`. */
const serving = Buffer.from([0, 0, 0, 0, 2, 0x08, 0x01]);
