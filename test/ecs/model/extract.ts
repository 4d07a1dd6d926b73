/**
 * Takes what the test double speaks out of AWS's published service models, as botocore's wheel on PyPI has them:
 * `node test/ecs/model/extract.ts FOLDER`, where FOLDER holds the unpacked wheel.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Shape {
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
}
interface Operation {
  input?: { shape: string };
  output?: { shape: string };
  errors?: { shape: string }[];
}
interface Model {
  metadata: { targetPrefix: string };
  operations: Record<string, Operation>;
  shapes: Record<string, Shape>;
}

const wanted = {
  ecs: [
    'ecs/2014-11-13',
    [
      'DeleteTaskDefinitions',
      'DeregisterTaskDefinition',
      'DescribeTaskDefinition',
      'DescribeTasks',
      'ListTaskDefinitionFamilies',
      'ListTaskDefinitions',
      'ListTasks',
      'RegisterTaskDefinition',
      'RunTask',
      'StopTask',
    ],
  ],
  logs: ['logs/2014-03-28', ['DeleteLogStream', 'DescribeLogStreams', 'GetLogEvents']],
} as const;

const [folder = '.'] = process.argv.slice(2);
for (const [name, [path, operations]] of Object.entries(wanted)) {
  const file = gunzipSync(readFileSync(join(folder, 'botocore/data', path, 'service-2.json.gz'))).toString();
  const model = JSON.parse(file, (key, value) =>
    key === 'documentation' && typeof value === 'string' ? undefined : value,
  ) as Model;
  const shapes: Record<string, Shape> = {};
  const take = (shape: string | undefined) => {
    const found = shape === undefined ? undefined : model.shapes[shape];
    if (shape === undefined || found === undefined || shapes[shape] !== undefined) return;
    shapes[shape] = found;
    for (const { shape: member } of Object.values(found.members ?? {})) take(member);
    for (const part of [found.member, found.key, found.value]) take(part?.shape);
  };
  const chosen = Object.fromEntries(operations.map((one) => [one, model.operations[one] as Operation]));
  for (const { input, output, errors = [] } of Object.values(chosen)) {
    for (const part of [input, output, ...errors]) take(part?.shape);
  }
  const text = JSON.stringify({ metadata: model.metadata, operations: chosen, shapes }, null, 1);
  writeFileSync(join(import.meta.dirname, `${name}.json`), `${text}\n`);
}
