import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { getProperty, setProperty } from './properties.ts';

const source = `# Ships it.
kind: Pipeline
name: ship # the name
parameters:
  # Where to.
  - { name: where, type: string, default: test } # not prod
jobs:
  - name: build
    timeout: 5m # enough
    actions: [{ run: make }]
`;

test('a change keeps every comment and everything else', () => {
  const changed = setProperty(source, 'parameters.0.default', 'prod');
  expect(changed).toBe(source.replace('default: test', 'default: prod'));
  expect(setProperty(source, 'jobs.build.timeout', '10m')).toBe(source.replace('timeout: 5m', 'timeout: 10m'));
});

test.each(['a, b] }', 'no', '5m', '12', '', 'two\nlines', '# none', '"', 'é', "it's", 'key: value', 7, true])(
  'the value %j comes back as it was, wherever it stands',
  (value) => {
    const json = {
      kind: 'Pipeline',
      name: 'ship',
      jobs: [{ name: 'build', timeout: value, actions: [{ run: 'make' }] }],
    };
    const changed = setProperty(setProperty(source, 'jobs.0.timeout', value), 'parameters.0.default', value);
    const read = parse(changed) as { jobs: unknown; parameters: { default: unknown }[] };
    expect(read.jobs).toEqual(json.jobs);
    expect(read.parameters[0]?.default).toBe(value);
    expect(changed).toContain('# not prod');
  },
);

test('what is empty gets a value', () => {
  expect(setProperty('name: a\ndescription:\n', 'description', 'text')).toBe('name: a\ndescription: text\n');
});

test('what is not there yet is added, where it has a place', () => {
  expect(setProperty(source, 'description', 'Ships it')).toContain('\ndescription: Ships it\n');
  expect(setProperty(source, 'jobs.build.requires', ['a', 'b'])).toContain('requires:');
  expect(() => setProperty(source, 'jobs.7.timeout', '1m')).toThrow(/There is no "7" in jobs.7.timeout/);
  expect(() => setProperty(source, 'paramters.0.default', 'x')).toThrow(/did you mean "parameters"\?/);
  expect(() => setProperty(source, 'description.text', 'x')).toThrow(/There is no "description"/);
});

test('a definition keeps its name and kind', () => {
  expect(() => setProperty(source, 'name', 'other')).toThrow(/cannot be set/);
  expect(() => setProperty(source, 'kind', 'Job')).toThrow(/cannot be set/);
  expect(setProperty(source, 'parameters.0.name', 'place')).toContain('name: place');
});

test('a property is read by index or by name', () => {
  const spec = { jobs: [{ name: 'build', timeout: '5m' }] };
  expect(getProperty(spec, 'jobs.0.timeout')).toBe('5m');
  expect(getProperty(spec, 'jobs.build.timeout')).toBe('5m');
  expect(getProperty(spec, 'jobs')).toEqual(spec.jobs);
  expect(() => getProperty(spec, 'jobs.biuld')).toThrow(/did you mean "build"\?/);
  expect(() => getProperty(spec, 'constructor')).toThrow(/There is no/);
  expect(() => getProperty(spec, 'jobs..x')).toThrow(/names no property/);
});
