import { absolute, type Measure } from '../figure.ts';
import { listTimes } from '../many-rows/lists.ts';
import { pageTimes } from '../many-rows/pages.ts';
import { type FilledServer, startFilled } from '../many-rows/server.ts';

const many = { runs: 10_000, pipelines: 500, deliveries: 50_000 };

/** What people see when there is much to see: on a server of its own, whose database is filled first. */
const measure: Measure = async () => {
  const server = await startFilled(many);
  try {
    const { place, pages } = placesOf(await newestRun(server), server.busiest);
    const lists = await listTimes(server, place);
    const { interactive, scriptBytes } = await pageTimes(server, pages);
    const [list, page] = [slowest(lists), slowest(interactive)];
    return [
      absolute(
        `slowest list of ${many.runs} runs, ${many.pipelines} Pipelines, ${many.deliveries} deliveries`,
        'ms',
        list.ms,
        'at most',
        100,
        {
          of: list.path,
          ...rounded(lists),
        },
      ),
      absolute('slowest page until interactive', 'ms', page.ms, 'at most', 1500, {
        of: page.path,
        ...rounded(interactive),
      }),
      absolute('scripts of the first page, compressed', 'KiB', scriptBytes / 1024, 'at most', 250),
    ];
  } finally {
    await server.stop();
  }
};
export default measure;

interface NewestRun {
  pipeline: string;
  number: number;
}

async function newestRun({ url, token }: { url: string; token: string }): Promise<NewestRun> {
  const answer = await fetch(`${url}/api/v1/runs?status=succeeded&limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await answer.json()) as { items: NewestRun[] };
  return items[0] as NewestRun;
}

/** What stands in the addresses of lists and pages. */
function placesOf({ pipeline, number }: NewestRun, busiest: FilledServer['busiest']) {
  return {
    place: { ...busiest, run: `${pipeline}/${number}`, pipeline, kind: 'Pipeline', name: pipeline },
    pages: {
      '/edit/[kind]': '/edit/Job',
      '/edit/[kind]/[name]': '/edit/Job/compile',
      '/pipelines/[name]': `/pipelines/${pipeline}`,
      '/jobs/[name]': '/jobs/check',
      '/actions/[name]': '/actions/announce-payments-api-deploy',
      '/engines/[name]': '/engines/engine-payments',
      '/pipelines/[name]/edit': `/pipelines/${pipeline}/edit`,
      '/runs/[pipeline]/[number]': `/runs/${pipeline}/${number}`,
      '/schedules/[name]': `/schedules/${busiest.schedule}`,
      '/triggers/[name]': `/triggers/${busiest.trigger}`,
      '/deliveries/[id]': `/deliveries/${busiest.delivery}`,
    },
  };
}

function slowest(times: ReadonlyMap<string, number>): { path: string; ms: number } {
  const [path, ms] = [...times].reduce((worst, each) => (each[1] > worst[1] ? each : worst));
  return { path, ms };
}

function rounded(times: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...times].map(([path, ms]) => [path, Math.round(ms)]));
}
