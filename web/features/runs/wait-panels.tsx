import type { RunDetail } from '../../../core/api/objects.ts';
import type { Wait } from '../../../core/run-state.ts';
import { HolderLink } from '../locks/holder-link.tsx';
import { endText } from '../status/wait-text.ts';
import classes from './run.module.css';

type LineWait = Extract<Wait, { kind: 'lock' | 'group' }>;

const mostShown = 5;

/** What the run, or Jobs of it, wait for that others have: where in line they stand, and who to look at. */
export function WaitPanels({ run }: { run: RunDetail }) {
  const own = run.status === 'queued' ? [{ path: '', wait: run.wait }] : [];
  const waits = [...own, ...run.jobs].flatMap(({ path, wait }) =>
    wait?.kind === 'lock' || wait?.kind === 'group' ? [{ path, wait }] : [],
  );
  return waits.slice(0, mostShown).map(({ path, wait }) => <WaitPanel key={path} path={path} wait={wait} />);
}

function WaitPanel({ path, wait }: { path: string; wait: LineWait }) {
  const { position, holders = [] } = wait;
  const what = wait.kind === 'group' ? `a place in the group ${wait.group}` : namesText(wait.names);
  return (
    <section className={classes.waits} aria-label={path === '' ? 'What the run waits for' : `What ${path} waits for`}>
      <h2>
        {path === '' ? 'The run' : path} waits for {what}
        {position === undefined ? '' : `, position ${position}`}
      </h2>
      {holders.length === 0 ? null : (
        <p>
          {wait.kind === 'group' ? `In the group, which takes ${wait.limit}: ` : 'Held by '}
          {holders.map((holder, index) => (
            <span key={`${holder.pipeline}/${holder.number}/${holder.job ?? ''}`}>
              {index === 0 ? '' : ', '}
              <HolderLink holder={holder} />
            </span>
          ))}
        </p>
      )}
      <p className={classes.quiet}>{endText(wait)}</p>
    </section>
  );
}

function namesText(names: readonly string[]): string {
  return `${names.length === 1 ? 'the lock' : 'the locks'} ${names.join(', ')}`;
}
