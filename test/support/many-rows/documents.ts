/** What is saved in a large house: Pipelines of a few shapes, the library that they use, and what starts them. */

const teams = [
  'payments',
  'search',
  'identity',
  'billing',
  'catalogue',
  'shipping',
  'mobile',
  'data',
  'platform',
  'web',
];
const parts = ['api', 'worker', 'frontend', 'importer', 'database', 'gateway', 'reports', 'jobs', 'cache', 'schema'];
const acts = ['deploy', 'test', 'nightly', 'release', 'backup'];
const tails = ['of-the-northern-regions-with-its-replicas', 'which-runs-once-a-night-after-the-import'];

/** As many different names as are asked for, every fiftieth a long one. */
function nameOf(at: number): string {
  const name = [
    teams[at % teams.length],
    parts[Math.floor(at / teams.length) % parts.length],
    acts[Math.floor(at / (teams.length * parts.length)) % acts.length],
  ].join('-');
  const round = Math.floor(at / (teams.length * parts.length * acts.length));
  const whole = round === 0 ? name : `${name}-${round + 1}`;
  return at % 50 === 49 ? `${whole}-${tails[at % tails.length]}` : whole;
}

const parameters = `parameters:
  - { name: environment, type: string, options: [test, staging, production], default: staging }
  - { name: ref, type: string, default: main }
  - { name: dry, type: boolean, default: false }`;

const shapes: readonly string[] = [
  `jobs:
  - { name: build, job: compile }
  - { name: test, requires: [build], job: check }
  - name: deploy
    requires: [test]
    actions: [{ name: plan, run: "true" }, { name: apply, run: "true" }]`,
  `jobs:
  - { name: build, job: compile }
  - name: approve
    requires: [build]
    actions: [{ name: hold, approval: { prompt: Deploy this build to production?, roles: [administrator] } }]
  - name: deploy
    requires: [approve]
    actions: [{ name: apply, run: "true" }]`,
  `jobs:
${['unit', 'browser', 'contracts', 'lint', 'types', 'licences'].map((name) => `  - { name: ${name}, job: check }`).join('\n')}`,
  `jobs:
  - name: only
    actions: [{ name: run, run: "true" }]`,
];

const library = `kind: Job
name: compile
actions: [{ name: fetch, run: "true" }, { name: make, run: "true" }]
---
kind: Job
name: check
actions: [{ name: run, run: "true" }]
`;

const hookSecret = 'kind: Credential\nname: hook-secret\ntype: Text\ndata: { text: { generated: true } }\n';
const mostStarted = 200;
/** What the Trigger of the one Pipeline listens to, of so many. */
const sources: readonly ((at: number, of: number) => string)[] = [
  () => 'github: { secret: { from_credential: hook-secret }, events: [push], branches: [main, release/*] }',
  () => 'rest: {}',
  // Of one that no Trigger starts: so no ring comes about.
  (at, of) => `after: { pipeline: ${nameOf(at + of)} }`,
  () => 'gitlab: { secret: { from_credential: hook-secret }, events: [push] }',
];
const clocks: readonly ((at: number) => string)[] = [
  (at) => `{ cron: ${at % 60} ${at % 24} * * *, time_zone: Europe/Helsinki }`,
  (at) => `{ every: ${6 + (at % 7)}h, jitter: 1m }`,
  (at) => `{ calendar: { day_of_week: 1-5, hour: ${at % 24}, minute: 30 }, overlap: buffer }`,
  (at) => `{ cron: 0 3 ${1 + (at % 28)} * *, paused: true }`,
];

/** The files that define `pipelines` Pipelines, 40 more Jobs, 20 Actions, 10 Engines, 200 schedules and as many other Triggers. */
export function documents(pipelines: number): { name: string; content: string }[] {
  const started = range(Math.min(mostStarted, Math.floor(pipelines / 2)));
  const triggers = started.flatMap((at) => [
    `kind: Trigger\nname: on-${nameOf(at)}\n${sources[at % sources.length]?.(at, started.length)}\nruns: [{ pipeline: ${nameOf(at)} }]\n`,
    `kind: Trigger\nname: at-${nameOf(at)}\nschedule: ${clocks[at % clocks.length]?.(at)}\nruns: [{ pipeline: ${nameOf(at)} }]\n`,
  ]);
  const others = [
    ...range(40).map((at) => `kind: Job\nname: job-${nameOf(at)}\nactions: [{ run: "true" }]\n`),
    ...range(20).map((at) => `kind: Action\nname: announce-${nameOf(at)}\nrun: "true"\n`),
    ...range(10).map((at) => `kind: Engine\nname: engine-${teams[at]}\ntype: docker\nimage: debian:bookworm\n`),
  ];
  const all = range(pipelines).map(
    (at) =>
      `kind: Pipeline\nname: ${nameOf(at)}\ndescription: The ${acts[at % acts.length]} of ${teams[at % teams.length]}\n${parameters}\n${shapes[at % shapes.length]}\n`,
  );
  return [
    { name: 'library.yaml', content: library },
    { name: 'others.yaml', content: others.join('---\n') },
    { name: 'pipelines.yaml', content: all.join('---\n') },
    { name: 'triggers.yaml', content: [hookSecret, ...triggers].join('---\n') },
  ];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}
