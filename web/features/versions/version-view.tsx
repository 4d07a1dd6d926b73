'use client';
import { Anchor, Button, Group, Title } from '@mantine/core';
import { useDefinition } from '../api/queries.ts';
import { Link } from '../links/link.tsx';
import { Failure, Skeletons } from '../lists/states.tsx';
import { Source } from '../pipelines/source.tsx';
import { compareVersionsHref, definitionHref, versionHref } from '../runs/hrefs.ts';
import { useWho } from '../session/who.ts';
import { Time } from '../time/time.tsx';
import { useVersion } from './queries.ts';
import { RestoreButton } from './restore-button.tsx';
import classes from './versions.module.css';

/** One version: who saved it and when, what it was made of, and what it says. */
export function VersionView({ kind, name, version }: { kind: string; name: string; version: number }) {
  const read = useVersion(kind, name, version);
  const newest = useDefinition(kind, name).data?.version;
  const who = useWho();
  const found = read.data;
  return (
    <section aria-label={`Version ${version}`}>
      <AllVersions kind={kind} name={name} />
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          Version {version}
        </Title>
        {found === undefined || newest === undefined || found.isNewest ? null : (
          <Group gap="xs">
            <Button
              component={Link}
              variant="default"
              size="xs"
              href={compareVersionsHref(kind, name, version, newest)}
            >
              Compare with the newest
            </Button>
            <RestoreButton version={found} newest={newest} />
          </Group>
        )}
      </Group>
      {found === undefined ? (
        read.error === null ? (
          <Skeletons />
        ) : (
          <Failure error={read.error} onRetry={() => void read.refetch()} />
        )
      ) : (
        <>
          <p className={classes.about}>
            Saved by {who(found.author)} <Time at={found.createdAt} />
            {found.note === '' ? null : `: ${found.note}`}
          </p>
          {found.uses.length === 0 ? null : (
            <p className={classes.about}>
              {found.isNewest ? 'Made of ' : 'Last made of '}
              {found.uses.map((used, at) => (
                <span key={`${used.kind}/${used.name}`}>
                  {at === 0 ? '' : ', '}
                  <Anchor component={Link} href={versionHref(used.kind, used.name, used.version)} inherit>
                    {used.name}
                  </Anchor>{' '}
                  {used.version}
                </span>
              ))}
            </p>
          )}
          <Source name={name} text={found.source} />
        </>
      )}
    </section>
  );
}

export function AllVersions({ kind, name }: { kind: string; name: string }) {
  return (
    <p className={classes.back}>
      <Anchor component={Link} href={`${definitionHref(kind, name)}?tab=versions`} inherit>
        All versions
      </Anchor>
    </p>
  );
}
