import { median, timed } from '../figure.ts';
import type { FilledServer } from './server.ts';

const samples = 9;

interface Schema {
  $ref?: string;
  properties?: Record<string, unknown>;
}
interface OpenApi {
  paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, { schema?: Schema }> }> } }>;
}

/** What stands for a parameter of a path. One that is not here must be given before its list can be measured. */
type Place = Readonly<Record<string, string>>;

/** Lists as people narrow them down, beside each one as it is. */
const narrowed = [
  '/search?q=api',
  '/search?q=e',
  '/search?q=12',
  '/search?q={sha}',
  '/search?q={delivery}',
  '/search?q={trigger}',
  '/search?q=feature',
  '/runs?status=failed,errored,timed_out&limit=8',
  '/runs?status=running,queued,waiting',
  '/runs?status=skipped',
  '/runs?pipeline={pipeline}&status=succeeded',
  '/runs?by=github/mona',
  '/runs?status=failed&since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z',
  '/pipelines?q=api',
  '/pipelines?limit=200',
  '/approvals?state=pending',
  '/approvals?run={run}',
  '/deliveries?trigger={trigger}',
  '/deliveries?trigger={schedule}&limit=200',
  '/deliveries?trigger=on-nothing',
  '/deliveries?state=pending',
  '/deliveries?state=dropped',
  '/deliveries?trigger={trigger}&state=recorded',
  '/deliveries?trigger={schedule}&state=dropped',
  '/schedules?q=deploy',
  '/schedules?limit=50',
  '/definitions?kind=Trigger&limit=200',
  '/definitions?kind=Job&q=check',
  '/library?kind=Job&q=check',
  '/definitions/Job/check/users?limit=200',
];

/** Milliseconds until each list's first page has come whole, by its path. */
export async function listTimes(server: FilledServer, place: Place): Promise<Map<string, number>> {
  const get = async (path: string) => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${server.token}` },
    });
    const body = (await response.json()) as unknown;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const known = listsOf((await get('/openapi.json')) as OpenApi);
  const times = new Map([['/stats', await statsTime(get)]]);
  for (const path of [...known, ...narrowed].map((each) => placed(each, place))) {
    await get(path);
    const taken: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) taken.push(await timed(() => get(path)));
    times.set(path, median(taken));
  }
  return times;
}

/** Each question once, as the answer is kept for a moment. */
async function statsTime(get: (path: string) => Promise<unknown>): Promise<number> {
  // The server's own first answer is slower than all others, here as with the other lists.
  await get('/stats?range=1d&order=runs&zone=UTC');
  const taken: number[] = [];
  for (const range of ['30d', '7d', '1d'])
    for (const order of ['runs', 'broken', 'slow', 'queue'])
      taken.push(await timed(() => get(`/stats?range=${range}&order=${order}&zone=Europe/Helsinki`)));
  return Math.max(...taken);
}

/** Every route that answers with a page of items, so that a new one cannot be forgotten. */
function listsOf({ paths }: OpenApi): string[] {
  return Object.entries(paths).flatMap(([path, { get }]) => {
    const schema = get?.responses['200']?.content?.['application/json']?.schema;
    return schema?.properties?.['items'] === undefined ? [] : [path.replace('/api/v1', '')];
  });
}

function placed(path: string, place: Place): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = place[name];
    if (value === undefined) throw new Error(`${path}: the benchmark knows nothing to put for ${name}`);
    return encodeURIComponent(value);
  });
}
