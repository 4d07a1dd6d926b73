'use client';
import { Anchor, Popover, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UsedVersion } from '../../../core/api/definitions.ts';
import type { RunSummary } from '../../../core/api/objects.ts';
import { triedName } from '../../../core/tries.ts';
import { apiPath, call, type Page } from '../api/client.ts';
import { Link } from '../links/link.tsx';
import { QuietFailure } from '../lists/states.tsx';
import { versionHref } from './hrefs.ts';
import classes from './run.module.css';

/** Which version a run executes, as the way to it, and which ones of what that calls. */
export function RunVersion({ run }: { run: RunSummary }) {
  if (triedName(run.pipeline) !== undefined) return ' · not saved';
  return (
    <>
      {' · '}
      <Anchor component={Link} href={versionHref('Pipeline', run.pipeline, run.version)} inherit>
        version {run.version}
      </Anchor>{' '}
      <MadeOf run={run} />
    </>
  );
}

function MadeOf({ run }: { run: RunSummary }) {
  const [opened, setOpened] = useState(false);
  const read = useQuery({
    queryKey: ['run-uses', run.id],
    queryFn: async ({ signal }) =>
      (await call<Page<UsedVersion>>('GET', apiPath(['runs', run.id, 'uses']), { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: opened,
  });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" withinPortal>
      <Popover.Target>
        <UnstyledButton
          component="button"
          className={classes.madeOf}
          aria-label="What it was made of"
          onClick={() => setOpened((last) => !last)}
        >
          made of…
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown maw={420}>
        <QuietFailure read={read} what="What it was made of" />
        {read.data?.length === 0 ? 'It calls nothing of the library.' : null}
        {read.data === undefined || read.data.length === 0 ? null : (
          <ul className={classes.madeOfList} aria-label="Versions of the library">
            {read.data.map(({ kind, name, version }) => (
              <li key={`${kind}/${name}`}>
                <span className={classes.quiet}>{kind}</span>{' '}
                <Anchor component={Link} href={versionHref(kind, name, version)} inherit>
                  {name}, version {version}
                </Anchor>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
