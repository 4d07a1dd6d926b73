import type { Stats, StatsCounts } from '../../../core/api/stats.ts';
import { durationText } from '../time/duration-text.ts';
import type { Bar } from './bars.tsx';

type Bucket = Stats['buckets'][number];
type Duration = 'queueMs' | 'runMs';

/** Of what succeeded or broke, the part that succeeded; null where there is neither. */
export function successRate({ succeeded, broken }: Pick<StatsCounts, 'succeeded' | 'broken'>): number | null {
  return succeeded + broken === 0 ? null : succeeded / (succeeded + broken);
}

/** Never says 100 % where something broke. */
export function percentText(rate: number | null): string {
  if (rate === null) return '–';
  const percent = Math.round(rate * 100);
  return `${percent === 100 && rate < 1 ? '99.9' : percent} %`;
}

export function msText(ms: number | null): string {
  return ms === null ? '–' : durationText(ms);
}

export function runsText({ runs, broken }: { runs: number; broken: number }): string {
  if (runs === 0) return 'no run';
  return `${runs} ${runs === 1 ? 'run' : 'runs'}${broken === 0 ? '' : `, ${broken} broke`}`;
}

export function countBars(buckets: readonly Bucket[], label: (at: string) => string): Bar[] {
  const most = Math.max(1, ...buckets.map(({ runs }) => runs));
  return buckets.map(({ at, runs, succeeded, broken }) => ({
    at: label(at),
    says: runsText({ runs, broken }),
    parts: [
      { share: broken / most, look: 'bad' },
      { share: succeeded / most, look: 'good' },
      { share: (runs - succeeded - broken) / most, look: 'other' },
    ],
  }));
}

/** As high as half of the runs took at most; what nearly all took is said, as it would dwarf that. */
export function durationBars(buckets: readonly Bucket[], of: Duration, label: (at: string) => string): Bar[] {
  const most = Math.max(1, ...buckets.map((bucket) => bucket[of].p50 ?? 0));
  return buckets.map((bucket) => {
    const { p50, p95 } = bucket[of];
    return {
      at: label(bucket.at),
      says: p50 === null ? 'nothing' : `half within ${msText(p50)}, 19 of 20 within ${msText(p95)}`,
      parts: [{ share: (p50 ?? 0) / most, look: 'usual' }],
    };
  });
}

type Small = Stats['pipelines'][number]['buckets'][number];

/** One Pipeline's run time in a table's cell; of each bar the share that broke looks so. */
export function smallBars(buckets: readonly Small[], labels: readonly string[]): Bar[] {
  const most = Math.max(1, ...buckets.map(({ runMs }) => runMs ?? 0));
  return buckets.map(({ runs, broken, runMs }, index) => {
    const high = (runMs ?? 0) / most;
    const bad = runs === 0 ? 0 : broken / runs;
    return {
      at: labels[index] ?? '',
      says: runMs === null ? runsText({ runs, broken }) : `${runsText({ runs, broken })}, took ${msText(runMs)}`,
      parts: [
        { share: high * bad, look: 'bad' },
        { share: high * (1 - bad), look: 'usual' },
      ],
    };
  });
}

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

export function bucketText(at: string, bucket: Stats['bucket']): string {
  return (bucket === 'day' ? day : hour).format(Date.parse(at));
}
