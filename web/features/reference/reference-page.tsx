'use client';
import { Anchor, Code, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { apiPath, call } from '../api/client.ts';
import { useAddressParam } from '../lists/address.ts';
import { PageHead } from '../lists/page-head.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { CallDetails } from './call.tsx';
import { type Call, callsOf, isLike, type OpenApi } from './openapi.ts';
import classes from './reference.module.css';
import { Shape } from './shape.tsx';

/** What the API can do, as its OpenAPI document says. */
export function ReferencePage() {
  const [q, setQ] = useAddressParam('q');
  const read = useQuery({
    queryKey: ['openapi'],
    queryFn: ({ signal }) => call<OpenApi>('GET', apiPath(['openapi.json']), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const hash = useHash(read.data !== undefined);
  const calls = read.data === undefined ? undefined : callsOf(read.data).filter((each) => isLike(each, q));
  return (
    <>
      <PageHead title="API">
        <SearchField label="Search the API" q={q} onSearch={setQ} />
      </PageHead>
      <Token />
      <ListStates
        read={read}
        count={calls?.length}
        rows={8}
        empty={<Empty title={`The API has nothing that is like “${q}”`} />}
      >
        <Groups calls={calls ?? []} api={read.data ?? { paths: {} }} hash={hash} />
      </ListStates>
    </>
  );
}

function Token() {
  return (
    <div className={classes.token}>
      <p>
        All of this is JSON below <Code>/api/v1</Code>, also told as{' '}
        <Anchor href="/api/v1/openapi.json" inherit>
          OpenAPI 3.1
        </Anchor>
        . A program needs a token, which is made by a command, shown once, and sent with each call:
      </p>
      <Code
        block
        tabIndex={0}
      >{`export PALVELLA_URL=${useOrigin()}\nexport PALVELLA_TOKEN=$(npx palvella token create my-program --expires 2027-01-01T00:00:00Z)`}</Code>
    </div>
  );
}

function Groups({ calls, api, hash }: { calls: readonly Call[]; api: OpenApi; hash: string }) {
  const schemas = api.components?.schemas ?? {};
  const groups = Map.groupBy(calls, ({ operation }) => operation.tags?.[0] ?? '');
  return (
    <>
      {[...groups].map(([tag, group]) => (
        <section key={tag} id={tag} className={classes.group} aria-label={tag}>
          <Title order={2} size="h5">
            {heading(tag)}
          </Title>
          <div className={classes.calls}>
            {group.map((each) => (
              <CallDetails
                key={`${each.id} ${hash === each.id}`}
                call={each}
                schemas={schemas}
                open={hash === each.id}
              />
            ))}
          </div>
        </section>
      ))}
      <section className={classes.group} aria-label="Shapes">
        <Title order={2} size="h5">
          Shapes
        </Title>
        <div className={classes.calls}>
          {Object.entries(schemas).map(([name, schema]) => (
            <details
              key={`${name} ${hash === `schema-${name}`}`}
              id={`schema-${name}`}
              className={classes.call}
              open={hash === `schema-${name}`}
            >
              <summary data-row>
                <code className={classes.path}>{name}</code>
              </summary>
              <div className={classes.body}>
                <Shape schema={schema} label={name} />
              </div>
            </details>
          ))}
        </div>
      </section>
    </>
  );
}

function heading(tag: string): string {
  return tag.charAt(0).toUpperCase() + tag.slice(1).replaceAll('-', ' ');
}

/** What the address names within the page; that is opened and brought into sight once it is there. */
function useHash(isThere: boolean): string {
  const [hash, setHash] = useState('');
  useEffect(() => {
    const read = () => setHash(decodeURIComponent(window.location.hash.slice(1)));
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  useEffect(() => {
    if (hash !== '' && isThere) document.getElementById(hash)?.scrollIntoView();
  }, [hash, isThere]);
  return hash;
}

function useOrigin(): string {
  const [origin, setOrigin] = useState('');
  useEffect(() => setOrigin(window.location.origin), []);
  return origin;
}
