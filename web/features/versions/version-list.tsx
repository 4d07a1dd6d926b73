'use client';
import { Button } from '@mantine/core';
import type { VersionSummary } from '../../../core/api/library.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { compareVersionsHref, versionHref } from '../runs/hrefs.ts';
import { useWho } from '../session/who.ts';
import { Time } from '../time/time.tsx';
import { useVersions } from './queries.ts';
import classes from './versions.module.css';

export function VersionList({ kind, name }: { kind: string; name: string }) {
  const read = useVersions(kind, name);
  const versions = read.data?.pages.flatMap((page) => page.items);
  return (
    <ListStates read={read} count={versions?.length} empty={<Empty title="No versions" />}>
      <ul className={lists.list} aria-label="Versions">
        {versions?.map((version) => (
          <VersionRow key={version.version} kind={kind} name={name} version={version} />
        ))}
      </ul>
      <More pages={read} />
    </ListStates>
  );
}

function VersionRow({
  kind,
  name,
  version: { version, previous, author, note, createdAt },
}: {
  kind: string;
  name: string;
  version: VersionSummary;
}) {
  const who = useWho();
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <Link href={versionHref(kind, name, version)} className={`${lists.open} ${lists.number}`} data-row>
        {version}
      </Link>
      <span className={classes.said}>
        {note === '' ? null : <span>{note}</span>}
        <span className={lists.quiet}>saved by {who(author)}</span>
      </span>
      {previous === null ? (
        <span />
      ) : (
        <Button
          className={lists.above}
          component={Link}
          href={compareVersionsHref(kind, name, previous, version)}
          variant="default"
          size="compact-xs"
          aria-label={`What changed in version ${version}`}
        >
          What changed
        </Button>
      )}
      <span className={`${lists.quiet} ${lists.number}`}>
        <Time at={createdAt} />
      </span>
    </li>
  );
}
