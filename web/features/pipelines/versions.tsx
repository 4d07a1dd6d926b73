'use client';
import { useVersions } from '../api/queries.ts';
import lists from '../lists/lists.module.css';
import { Empty, ListStates } from '../lists/states.tsx';
import { useWho } from '../session/who.ts';
import { Time } from '../time/time.tsx';
import classes from './pipelines.module.css';

export function Versions({ kind, name }: { kind: string; name: string }) {
  const read = useVersions(kind, name);
  const who = useWho();
  const versions = read.data?.items;
  return (
    <ListStates read={read} count={versions?.length} empty={<Empty title="No versions" />}>
      <ul className={lists.list} aria-label="Versions">
        {versions?.map((version) => (
          <li key={version.version} className={`${lists.row} ${classes.version}`}>
            <strong className={lists.number}>{version.version}</strong>
            <span>saved by {who(version.author)}</span>
            <span className={`${lists.quiet} ${lists.number}`}>
              <Time at={version.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </ListStates>
  );
}
