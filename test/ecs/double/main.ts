/**
 * A test double of Amazon ECS and CloudWatch Logs: speaks their JSON 1.1 protocol, runs each task on a real Docker
 * daemon, and holds every request and response against AWS's published service models.
 * `node main.ts FOLDER`: prints its address once it listens; FOLDER holds the volumes. DOCKER_HOST names the daemon.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import Docker from 'dockerode';
import { AwsError } from './aws-error.ts';
import { createDefinitions } from './definitions.ts';
import { createLogs } from './logs.ts';
import { readModel } from './model.ts';
import { createTasks, type StartFailure } from './tasks.ts';

/** What a test tells the double, at `/control`. */
export interface Orders {
  /** How the next so many calls of an operation are answered: by an error, or with failures to place a task. */
  fail?: {
    operation: string;
    times: number;
    error?: string;
    message?: string;
    status?: number;
    answer?: object;
    /** It is done all the same. */
    done?: boolean;
  };
  /** How the next task ends before it runs. */
  failStart?: StartFailure;
  interrupt?: { task: string; stopCode: string; reason: string };
  forgetEnded?: true;
  /** No more failures. */
  clear?: true;
}

/** What the double holds, as it answers a test. */
export interface Holdings {
  tasks: { taskArn: string; lastStatus: string; startedBy?: string; tags: object[]; launchType: string }[];
  definitions: string[];
  streams: string[];
  /** What went over the wire that AWS's models do not allow. */
  problems: string[];
  /** Calls so far, by operation. */
  calls: Record<string, number>;
}

type Handler = (input: never) => object;

const [volumes = '/tmp'] = process.argv.slice(2);
const docker = new Docker();
const logs = createLogs(['/palvella', '/other']);
const definitions = createDefinitions();
const tasks = createTasks(docker, definitions, logs, volumes, ['default', 'builds']);
const services = [
  {
    name: 'ecs',
    model: readModel('ecs'),
    handlers: { ...definitions.operations, ...tasks.operations } as Record<string, Handler>,
  },
  { name: 'logs', model: readModel('logs'), handlers: logs.operations as Record<string, Handler> },
];
const problems: string[] = [];
const calls: Record<string, number> = {};
let failures: NonNullable<Orders['fail']>[] = [];

const server = createServer((request, response) => {
  serve(request)
    .then(({ status, body }) => answer(response, status, body))
    .catch((error: unknown) => {
      const { type, status, more, message } =
        error instanceof AwsError ? error : new AwsError('ServerException', String(error), { status: 500 });
      answer(response, status, { __type: type, message, ...more });
    });
});

async function serve(request: IncomingMessage): Promise<{ status: number; body: object }> {
  if (request.url === '/control') {
    if (request.method === 'POST') obey((await json(request)) as Orders);
    const body: Holdings = {
      tasks: tasks.views(),
      definitions: definitions.names(),
      streams: logs.streams(),
      problems,
      calls,
    };
    return { status: 200, body };
  }
  const [prefix, operation = ''] = String(request.headers['x-amz-target']).split('.');
  const service = services.find(({ model }) => model.prefix === prefix);
  const handler = service?.handlers[operation];
  if (
    service === undefined ||
    handler === undefined ||
    request.headers['content-type'] !== 'application/x-amz-json-1.1'
  ) {
    problems.push(`${prefix}.${operation} is not spoken here`);
    throw new AwsError('UnknownOperationException', operation);
  }
  const input = (await json(request)) as object;
  calls[operation] = (calls[operation] ?? 0) + 1;
  problems.push(...service.model.problems(operation, 'input', input).map((problem) => `request ${problem}`));
  try {
    assertSigned(request, service.name);
    const planned = failures.find((one) => one.operation === operation && one.times > 0);
    if (planned !== undefined) planned.times -= 1;
    if (planned?.error !== undefined) {
      const { error, message = '', status = 400, done } = planned;
      if (done === true) handler(input as never);
      throw new AwsError(error, message, { status });
    }
    // As JSON has it: what is undefined is not there.
    const body = JSON.parse(JSON.stringify(planned?.answer ?? handler(input as never))) as object;
    problems.push(...service.model.problems(operation, 'output', body).map((problem) => `response ${problem}`));
    return { status: 200, body };
  } catch (error) {
    if (!(error instanceof AwsError) || !service.model.mayFail(operation, error.type)) {
      problems.push(`${operation} does not fail with ${String(error)}`);
    }
    throw error;
  }
}

/** By signature version 4, in the scope of the service. */
function assertSigned({ headers }: IncomingMessage, service: string): void {
  const given = String(headers.authorization ?? '');
  const scope =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([a-z0-9-]+)\/([a-z]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}$/.exec(
      given,
    );
  if (scope === null || headers['x-amz-date'] === undefined) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [, id, , signedFor, signed = ''] = scope;
  if (signedFor !== service || !signed.split(';').includes('x-amz-target')) {
    throw new AwsError('IncompleteSignature', `The signature is for ${signedFor}, with ${signed}.`);
  }
  if (id === 'EXPIRED') {
    throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired');
  }
  if (id !== 'KNOWN') {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
}

function obey({ fail, failStart, interrupt, forgetEnded, clear }: Orders): void {
  if (fail !== undefined) failures = [...failures, fail];
  if (failStart !== undefined) tasks.failStart(failStart);
  if (interrupt !== undefined) tasks.interrupt(interrupt.task, interrupt.stopCode, interrupt.reason);
  if (clear) failures = [];
  if (forgetEnded) tasks.forgetEnded();
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(body));
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
// It goes with the process that started it, whose end closes this pipe.
process.stdin.resume().on('end', () => process.exit(0));
