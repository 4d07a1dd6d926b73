'use client';
import type { HoldInfo } from '../../../core/api/holds.ts';
import type { WaitHolder } from '../../../core/run-state.ts';
import lists from '../lists/lists.module.css';
import { Time } from '../time/time.tsx';
import { HolderLink } from './holder-link.tsx';
import classes from './locks.module.css';
import { ReleaseButton } from './release-button.tsx';

/** One lock or group: who has it since when, and who is next. */
export function LockRow({ lock }: { lock: HoldInfo }) {
  const { kind, name, holders, waiting, waitingCount } = lock;
  const more = waitingCount - waiting.length;
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <div className={classes.name}>
        <strong>{name}</strong>
        <span className={lists.quiet}>
          {kind === 'lock' ? 'Lock' : `Group, ${holders.length} of ${lock.limit} places`}
        </span>
      </div>
      <div>
        {holders.length === 0 ? (
          <span className={lists.quiet}>Nobody has it: it is kept for the first in line</span>
        ) : null}
        <ul className={classes.line} aria-label={`Who has ${name}`}>
          {holders.map((holder) => (
            <Holder key={keyOf(holder)} holder={holder} word="got it" />
          ))}
        </ul>
      </div>
      <div>
        {waitingCount === 0 ? <span className={lists.quiet}>Nobody waits</span> : null}
        <ol className={classes.line} aria-label={`Who waits for ${name}`}>
          {waiting.map((one) => (
            <Holder key={keyOf(one)} holder={one} word="asked" />
          ))}
        </ol>
        {more > 0 ? <span className={lists.quiet}>and {more} more</span> : null}
      </div>
      {kind === 'lock' && holders.length > 0 ? <ReleaseButton name={name} holder={holders[0] as WaitHolder} /> : null}
    </li>
  );
}

function Holder({ holder, word }: { holder: WaitHolder; word: string }) {
  return (
    <li>
      <HolderLink holder={holder} />{' '}
      <span className={lists.quiet}>
        {word} <Time at={holder.since} />
        {holder.stopping ? ', is being stopped for the next' : ''}
      </span>
    </li>
  );
}

function keyOf({ pipeline, number, job }: WaitHolder): string {
  return `${pipeline}/${number}/${job ?? ''}`;
}
