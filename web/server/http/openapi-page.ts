/** As much of an OpenAPI document as the page shows. */
export interface OpenApi {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, object> };
}

interface Operation {
  summary?: string;
  tags?: string[];
  security?: unknown[];
  'x-permission'?: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[];
  requestBody?: { content?: Content };
  responses?: Record<string, { content?: Content }>;
}
type Content = Record<string, { schema?: object }>;

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; background: Canvas; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.1rem; }
details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .5rem 0; }
summary { cursor: pointer; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; background: color-mix(in srgb, currentColor 6%, transparent); }
b { display: inline-block; min-width: 4.5rem; text-transform: uppercase; font: 600 12px ui-monospace, monospace; }
small { opacity: .75; }
`;

/** The whole document on one page that needs no script. */
export function openApiPage({ info, paths, components }: OpenApi, source: string): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = Map.groupBy(operations, ({ operation }) => operation.tags?.[0] ?? '');
  const sections = [...groups].map(
    ([name, group]) =>
      `<h2 id="${escape(name)}">${escape(name)}</h2>${group.map(({ path, method, operation }) => operationHtml(path, method, operation)).join('')}`,
  );
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${escape(name)}"><summary><code>${escape(name)}</code></summary>${json(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(info.title)} API</title><style>${style}</style></head><body>
<h1>${escape(info.title)} API</h1>
<p>Version ${escape(info.version)}, also as <a href="${escape(source)}">OpenAPI 3.1</a>. A call needs a token
(<code>Authorization: Bearer …</code>, made with <code>palvella token create</code>) or the session of a signed-in browser.</p>
${sections.join('\n')}<h2>Schemas</h2>${schemas.join('\n')}</body></html>`;
}

function operationHtml(path: string, method: string, operation: Operation): string {
  const needs = operation['x-permission'];
  const parts = [
    needs === undefined ? '<p>Needs nothing.</p>' : `<p>Needs <code>${escape(needs)}</code>.</p>`,
    ...(operation.parameters ?? []).map(
      (each) =>
        `<p><code>${escape(each.name)}</code> <small>in ${escape(each.in)}${each.required === true ? ', needed' : ''}</small> <code>${escape(JSON.stringify(each.schema ?? {}))}</code></p>`,
    ),
    ...contentHtml('Body', operation.requestBody?.content),
    ...Object.entries(operation.responses ?? {}).flatMap(([status, { content }]) =>
      contentHtml(`Answer ${status}`, content),
    ),
  ];
  return `<details><summary><b>${escape(method)}</b> <code>${escape(path)}</code> <small>${escape(operation.summary ?? '')}</small></summary>${parts.join('')}</details>`;
}

function contentHtml(title: string, content: Content = {}): string[] {
  return Object.entries(content).map(
    ([type, { schema }]) =>
      `<p>${escape(title)} <small>${escape(type)}</small></p>${schema === undefined ? '' : json(schema)}`,
  );
}

/** With links to the schemas that it names. */
function json(value: object): string {
  const text = escape(JSON.stringify(value, null, 2));
  return `<pre>${text.replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$1</a>')}</pre>`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
