import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../core/errors.ts';
import { builtInCatalogue, checkFiles, type SourceFile } from '../../core/language/index.ts';
import { Plan } from '../../core/plan.ts';
import { actionManifests, engineManifests } from '../../plugins/manifests.generated.ts';

const root = join(import.meta.dirname, '../..');
const check = (...files: SourceFile[]) => {
  const { plans, problems } = checkFiles(files, [], builtInCatalogue);
  return { plans, problems: problems.map(formatProblem) };
};

describe('examples/', () => {
  const folder = join(root, 'examples');
  const sets = readdirSync(folder).map((name): [string, SourceFile[]] => {
    const path = join(folder, name);
    const paths = statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((file) => file.endsWith('.yaml'))
          .map((file) => join(path, file))
      : [path];
    return [name, paths.map((file) => ({ name: file, content: readFileSync(file, 'utf8') }))];
  });

  test.each(sets)('%s is planned', (_, files) => {
    const { plans, problems } = check(...files);
    expect(problems).toEqual([]);
    expect(plans.size).toBeGreaterThan(0);
    for (const plan of plans.values()) expect(Plan.parse(plan)).toEqual(plan);
  });
});

describe('the examples of docs/design.md', () => {
  const text = readFileSync(join(root, 'docs/design.md'), 'utf8');
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, content]) => content as string);
  const apply =
    'kind: Job\nname: run-terraform-apply\nparams: [{ name: account, type: string }, { name: environment, type: string }]\nactions: [{ run: x }]\n';

  test('Terraform is planned once there is the Job that it only names', () => {
    const { plans, problems } = check({ name: 'design', content: `${blocks[0]}---\n${apply}` });
    expect(problems).toEqual([]);
    expect(plans.get('deploy-terraform')?.jobs.map(({ name, requires }) => [name, requires])).toEqual([
      ['terraform-nonprod-plan', []],
      ['approve-nonprod', ['terraform-nonprod-plan']],
      ['terraform-nonprod-apply', ['approve-nonprod']],
      ['terraform-prod-plan', ['terraform-nonprod-apply']],
    ]);
  });

  test('a container is a Job on Docker whose first Action is its command', () => {
    const { plans, problems } = check({ name: 'design', content: blocks[1] as string });
    expect(problems).toEqual([]);
    const body = plans.get('alpine-version')?.jobs[0]?.body;
    expect(body?.kind === 'actions' && body.actions[0]?.engine).toMatchObject({
      type: 'docker',
      settings: { image: { literal: 'alpine:latest' }, pull: { literal: 'missing' } },
    });
    expect(body?.kind === 'actions' && body.actions.map(({ name, needsText }) => [name, needsText])).toEqual([
      ['command', true],
      ['version_match', false],
      ['version_match_success', false],
      ['report_error', false],
      ['fail', false],
    ]);
  });

  test('what nothing executes yet is refused with that reason, the rest is right', () => {
    const hooks = ['fetch-cache', 'save-cache'].map((name) => `---\nkind: Job\nname: ${name}\nactions: [{ run: x }]\n`);
    const called = `---\n${blocks[0]}---\n${apply}---\n${blocks[1]}`;
    const { plans, problems } = check({ name: 'design', content: `${blocks[2]}${hooks.join('')}${called}` });
    expect(problems.filter((one) => !one.endsWith('but this version does not execute it yet.'))).toEqual([]);
    expect(problems).toHaveLength(3);
    expect([...plans.keys()]).toEqual(expect.arrayContaining(['announce', 'fetch-cache', 'save-cache']));
  });
});

describe('docs/set-up-an-engine.md', () => {
  const text = readFileSync(join(root, 'docs/set-up-an-engine.md'), 'utf8');
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, content]) => content as string);

  test.each(blocks)('its examples can be saved: %s', (content) => {
    expect(check({ name: 'doc', content }).problems).toEqual([]);
  });
});

describe('the example of every manifest', () => {
  const target =
    '---\nname: deploy\nparameters: [{ name: environment, type: string }]\njobs: [{ name: a, actions: [{ run: x }] }]\n';
  const before = '{ name: plan, run: x }';

  test.each(actionManifests.map(({ id, example }) => [id, example]))('%s', (id, example) => {
    const content = `name: p\njobs:\n  - name: a\n    actions:\n      - ${before}\n      - ${example}\n${target}`;
    const { plans, problems } = check({ name: id, content });
    expect(problems).toEqual([]);
    const body = plans.get('p')?.jobs[0]?.body;
    expect(body?.kind === 'actions' && body.actions[1]?.type).toBe(id);
  });

  test.each(engineManifests.map(({ id, example }) => [id, example]))('%s', (id, example) => {
    const content = `name: p\nengine: ${example}\njobs: [{ name: a, actions: [${before}] }]\n`;
    const { plans, problems } = check({ name: id, content });
    expect(problems).toEqual([]);
    const body = plans.get('p')?.jobs[0]?.body;
    expect(body?.kind === 'actions' && body.actions[0]?.engine.type).toBe(id);
  });
});
