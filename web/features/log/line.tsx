import { type CSSProperties, memo } from 'react';
import type { LogLine } from '../../../core/api/objects.ts';
import { marked, type Span, spansOf } from './ansi.ts';
import classes from './log.module.css';
import { timeText } from './time-text.ts';

interface Props {
  n: number;
  line: LogLine | undefined;
  query: string;
  isTarget: boolean;
}

const streams = {
  stdout: { mark: '', title: '' },
  stderr: { mark: 'err', title: 'standard error' },
  system: { mark: 'sys', title: 'said by Palvella' },
};

/** One line: its number as a link, the time it was printed, where it was printed to, and its text. */
export const LogRow = memo(function LogRow({ n, line, query, isTarget }: Props) {
  const stream = streams[line?.s ?? 'stdout'];
  return (
    <div className={classes.row} data-stream={line?.s} data-target={isTarget || undefined}>
      <a className={classes.n} href={`#L${n}`} data-line={n} tabIndex={-1} aria-label={`Line ${n}`}>
        {n}
      </a>
      <span className={classes.t}>{line === undefined ? '' : timeText(line.t)}</span>
      <span className={classes.s} title={stream.title}>
        {stream.mark}
      </span>
      <span className={classes.text}>{line === undefined ? '…' : <LineText text={line.text} query={query} />}</span>
    </div>
  );
});

/** One line as a terminal would show it. */
export function LineText({ text, query = '' }: { text: string; query?: string }) {
  return marked(spansOf(text), query).map(piece);
}

function piece(span: Span, index: number) {
  if (span.match) return <mark key={String(index)}>{span.text}</mark>;
  if (span.classes.length === 0 && span.color === undefined && span.background === undefined) return span.text;
  const names = span.classes.map((name) => classes[name]);
  const style: CSSProperties & { '--color'?: string } = {};
  if (span.background !== undefined) Object.assign(style, { color: span.color, background: span.background });
  else if (span.color !== undefined) style['--color'] = span.color;
  if (style['--color'] !== undefined) names.push(classes.byNumber);
  return (
    <span key={String(index)} className={names.join(' ')} style={style}>
      {span.text}
    </span>
  );
}
