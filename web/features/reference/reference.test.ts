import { expect, test } from 'vitest';
import { curlOf, sampleOf } from './example.ts';
import { callsOf, isLike, type Schema } from './openapi.ts';
import { shapeOf } from './shape-text.ts';

const text = (schema: Schema) =>
  shapeOf(schema)
    .map((piece) => (typeof piece === 'string' ? piece : `<${piece.schema}>`))
    .join('');

test.each<[Schema, string]>([
  [{ type: 'string' }, 'string'],
  [{ type: 'string', format: 'date-time' }, 'string, date-time'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ enum: ['a', 'b'] }, '"a" | "b"'],
  [{ type: 'integer', minimum: 1, maximum: 200 }, 'integer, 1 to 200'],
  [{ type: 'integer', maximum: Number.MAX_SAFE_INTEGER }, 'integer'],
  [{ $ref: '#/components/schemas/RunSummary' }, '<RunSummary>'],
  [{ type: 'array', items: { type: 'number' } }, '[number, …]'],
  [{ anyOf: [{ type: 'null' }, { const: 1 }] }, 'null | 1'],
  [{}, 'any'],
  [{ type: 'object' }, '{ … }'],
  [
    { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer', default: 3 } }, required: ['a'] },
    '{\n  a: string\n  b?: integer = 3\n}',
  ],
  [{ type: 'object', additionalProperties: { type: 'string' } }, '{\n  any name: string\n}'],
])('%j is told as %s', (schema, told) => {
  expect(text(schema)).toBe(told);
});

const api = {
  paths: {
    '/api/v1/runs/{run}/resolve': {
      post: {
        summary: 'Say what becomes',
        'x-permission': 'executorRun',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { job: { type: 'string', default: "it's" }, more: { type: 'string' } },
                required: ['job'],
              },
            },
          },
        },
      },
    },
    '/api/v1/runs/{run}/log': {
      get: {
        parameters: [
          { name: 'action', in: 'query', required: true, schema: { type: 'string' } },
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
        ],
      },
    },
  },
};

test('a call is shown as a command that a shell takes whole', () => {
  const [resolve, log] = callsOf(api);
  expect(resolve?.id).toBe('post-runs-run-resolve');
  expect(curlOf(resolve as never, {})).toBe(
    [
      'curl -X POST "$PALVELLA_URL/api/v1/runs/deploy%2F128/resolve" \\',
      '  -H "authorization: Bearer $PALVELLA_TOKEN" \\',
      "  -H 'content-type: application/json' \\",
      `  -d '{"job":"it'\\''s"}'`,
    ].join('\n'),
  );
  expect(curlOf(log as never, {})).toBe('curl "$PALVELLA_URL/api/v1/runs/deploy%2F128/log?action=text"');
});

test('a sample of what names itself has an end', () => {
  const schemas = {
    Tree: { type: 'object', properties: { left: { $ref: '#/components/schemas/Tree' } }, required: ['left'] },
  };
  expect(JSON.stringify(sampleOf({ $ref: '#/components/schemas/Tree' }, schemas)).length).toBeLessThan(200);
});

test('calls are found by path, words and right', () => {
  const [resolve] = callsOf(api);
  expect(isLike(resolve as never, 'POST becomes')).toBe(true);
  expect(isLike(resolve as never, 'executorrun')).toBe(true);
  expect(isLike(resolve as never, 'approvals')).toBe(false);
});
