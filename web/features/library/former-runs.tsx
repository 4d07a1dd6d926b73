import { LinkedNames } from '../lists/linked-names.tsx';
import { runsHref } from '../runs/hrefs.ts';
import classes from './library.module.css';

/** Leads to the runs under names that it had before. */
export function FormerRuns({ names }: { names: readonly string[] | undefined }) {
  if (names === undefined || names.length === 0) return null;
  return (
    <p className={classes.former}>
      Runs from before it was renamed: <LinkedNames names={names} hrefOf={runsHref} />
    </p>
  );
}
