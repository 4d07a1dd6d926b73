import { VisuallyHidden } from '@mantine/core';
import classes from './bars.module.css';

/** A share of the height, from 0 to 1, and how it is drawn. */
interface Part {
  share: number;
  look: 'good' | 'bad' | 'other' | 'usual';
}
export interface Bar {
  /** When, in words. */
  at: string;
  /** What there was, in words: shown on hover, and in the table that screen readers get instead. */
  says: string;
  /** From the ground up. */
  parts: readonly Part[];
}

/** One bar a bucket. Looks differ by pattern, too, so that colour is never the only sign. */
export function Bars({ title, bars, small = false }: { title: string; bars: readonly Bar[]; small?: boolean }) {
  return (
    <>
      <div className={classes.bars} data-small={small || undefined} aria-hidden>
        {bars.map(({ at, says, parts }) => (
          <div key={at} className={classes.bar} title={`${at}: ${says}`}>
            {parts.map(({ share, look }) => (
              <span
                key={look}
                className={classes.part}
                data-look={look}
                style={{ height: `${Math.max(0, Math.min(1, share)) * 100}%` }}
              />
            ))}
          </div>
        ))}
      </div>
      <VisuallyHidden>
        <table>
          <caption>{title}</caption>
          <tbody>
            {bars.map(({ at, says }) => (
              <tr key={at}>
                <th scope="row">{at}</th>
                <td>{says}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
