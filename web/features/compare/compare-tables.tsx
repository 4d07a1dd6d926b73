import type { RunDetail } from '../../../core/api/objects.ts';
import type { Json } from '../../../core/json.ts';
import type { JobState } from '../../../core/run-state.ts';
import { Empty } from '../lists/states.tsx';
import { takenText } from '../runs/taken-text.ts';
import { valueText } from '../runs/values.tsx';
import { StatusShape } from '../status/shape.tsx';
import { statusWords } from '../status/words.ts';
import { durationText } from '../time/duration-text.ts';
import classes from './compare.module.css';
import { type JobPair, tookMs, type ValueRow } from './compare-runs.ts';

/** Named values of both sides; what differs says so in a word, not by its colour alone. */
export function ValueRows({ rows, empty }: { rows: readonly ValueRow[]; empty: string }) {
  if (rows.length === 0) return <Empty title={empty} />;
  return (
    <ul className={classes.rows}>
      {rows.map((row) => (
        <li key={row.name} data-differs={row.differs || undefined}>
          <strong>
            {row.name}
            <Differs is={row.differs} />
          </strong>
          <Value value={row.a} />
          <Value value={row.b} />
        </li>
      ))}
    </ul>
  );
}

export function JobPairs({
  a,
  b,
  pairs,
  empty,
}: {
  a: RunDetail;
  b: RunDetail;
  pairs: readonly JobPair[];
  empty: string;
}) {
  if (pairs.length === 0) return <Empty title={empty} />;
  return (
    <ul className={classes.rows}>
      {pairs.map((pair) => (
        <li key={pair.path} data-differs={pair.differs || undefined} data-job>
          <strong>
            {pair.path}
            <Differs is={pair.differs} />
          </strong>
          <Job job={pair.a} run={a} />
          <Job job={pair.b} run={b} />
          {pair.outputs.map((row) => (
            <div key={row.name} className={classes.output} data-differs={row.differs || undefined}>
              <span>
                {row.name}
                <Differs is={row.differs} />
              </span>
              <Value value={row.a} />
              <Value value={row.b} />
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Job({ job, run }: { job: JobState | undefined; run: RunDetail }) {
  if (job === undefined)
    return (
      <span className={classes.quiet}>
        not in {run.pipeline} #{run.number}
      </span>
    );
  const took = tookMs(job);
  return (
    <span className={classes.job}>
      <StatusShape status={job.status} label={statusWords[job.status]} size={14} />
      <span>
        {statusWords[job.status]}
        {took === undefined ? '' : ` in ${durationText(took)}`}
        {job.inherited ? <span className={classes.quiet}>, {takenText(job)}</span> : null}
      </span>
    </span>
  );
}

function Value({ value }: { value: Json | undefined }) {
  if (value === undefined) return <span className={classes.quiet}>none</span>;
  return <code className={classes.value}>{valueText(value)}</code>;
}

function Differs({ is }: { is: boolean }) {
  return is ? <span className={classes.differs}>differs</span> : null;
}
