import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../core/errors.ts';
import { builtInCatalogue, checkFiles } from '../../core/language/index.ts';

function problemsOf(engine: string, more = ''): string[] {
  const content = `name: p\njobs:\n  - name: a\n    engine: ${engine}\n    actions: [{ run: x }]\n${more}`;
  return checkFiles([{ name: 'f', content }], [], builtInCatalogue).problems.map(formatProblem);
}

test.each([
  ['docker', 'host: "tcp://x:1"'],
  ['docker', 'context: there'],
  ['docker', 'allow: [privileged]'],
  ['docker', 'volumes: [{ name: database, path: /data }]'],
  ['docker', 'network: palvella_default'],
  ['docker', 'http_proxy: "http://x:1"'],
  ['kubernetes', 'namespace: kube-system'],
  ['kubernetes', 'service_account: admin'],
  ['kubernetes', 'pod_template: {}'],
  ['kubernetes', 'labels: { app: database }'],
  ['kubernetes', 'annotations: { iam.amazonaws.com/role: admin }'],
  ['kubernetes', 'allow: [host_paths]'],
  ['ecs', 'cluster: builds'],
  ['ecs', 'task_role: "arn:aws:iam::123456789012:role/admin"'],
  ['ecs', 'task_definition: theirs'],
  ['ecs', 'volume: { efs: fs-12345678 }'],
])('an Engine of type %s in a Pipeline may not say %s, one of the library may', (type, setting) => {
  const [name] = setting.split(':');
  expect(problemsOf(`{ type: ${type}, image: x, ${setting} }`)).toEqual([
    expect.stringMatching(
      new RegExp(`^f:4:\\d+ jobs\\[0\\]\\.engine\\.${name}: ${name} is for the owner of an Engine`),
    ),
  ]);
  expect(problemsOf('own', `---\nkind: Engine\nname: own\ntype: ${type}\nimage: x\n${setting}\n`)).toEqual([]);
});

test('a type that needs more than its name says what', () => {
  expect(problemsOf('docker')).toEqual([expect.stringContaining('jobs[0].engine.image')]);
});

test('a password stands in no file, also not deep in a setting', () => {
  const remedy = 'Write password: { from_credential: name }.';
  expect(problemsOf('{ type: docker, image: x, login: { username: a, password: hunter2 } }')).toEqual([
    expect.stringMatching(/login\.password.*may not stand in a file/),
  ]);
  expect(
    problemsOf("{ type: docker, image: x, login: { username: a, password: '${{ pipeline.parameters.x }}' } }").join(),
  ).toContain(remedy);
  expect(
    problemsOf(
      '{ type: docker, image: x, login: { username: a, password: { from_credential: hub, property: password } } }',
      '---\nkind: Credential\nname: hub\ntype: UsernameAndPassword\ndata: { username: { from_environment: A }, password: { from_environment: B } }\n',
    ),
  ).toEqual([]);
});

describe('type: container', () => {
  const engineOf = (engine: string) => {
    const content = `name: p\njobs:\n  - { name: a, ${engine}type: container, image: "mine:1", command: y }\n---\nkind: Engine\nname: own\ntype: kubernetes\nimage: theirs\nnamespace: builds\n`;
    const { plans, problems } = checkFiles([{ name: 'f', content }], [], builtInCatalogue);
    expect(problems).toEqual([]);
    const body = plans.get('p')?.jobs[0]?.body;
    return body?.kind === 'actions' ? body.actions[0]?.engine : undefined;
  };

  test.each([
    ['', 'docker'],
    ['engine: local, ', 'docker'],
    ['engine: kubernetes, ', 'kubernetes'],
    ['engine: { type: kubernetes, image: theirs }, ', 'kubernetes'],
    ['engine: own, ', 'kubernetes'],
  ])('with %j runs its image on %s', (engine, type) => {
    expect(engineOf(engine)).toMatchObject({ type, settings: { image: { literal: 'mine:1' } } });
  });

  test('keeps the other settings of the Engine', () => {
    expect(engineOf('engine: own, ')?.settings['namespace']).toEqual({ literal: 'builds' });
  });

  test.each([
    ['registry.example/other:1', true],
    ['mine:1', false],
    ['elsewhere.example/mine:1', false],
  ])('with the image %s keeps the login of the Engine: %s', (image, keeps) => {
    const content = `name: p\njobs:\n  - { name: a, engine: own, type: container, image: "${image}", command: y }\n---\nkind: Engine\nname: own\ntype: docker\nimage: registry.example/theirs\nlogin: { username: robot }\n`;
    const { plans, problems } = checkFiles([{ name: 'f', content }], [], builtInCatalogue);
    expect(problems).toEqual([]);
    const body = plans.get('p')?.jobs[0]?.body;
    expect(body?.kind === 'actions' && body.actions[0]?.engine.settings['login'] !== undefined).toBe(keeps);
  });
});
