'use client';
import { Link } from '../links/link.tsx';
import { StatusShape } from '../status/shape.tsx';
import classes from './home.module.css';
import { useStatsNow } from './queries.ts';

/** What there is at this moment, each number the way to what it counts. */
export function NowLine() {
  const now = useStatsNow().data;
  const facts = [
    { status: 'running', count: now?.running, word: 'running', href: '/runs?status=running' },
    { status: 'queued', count: now?.queued, word: 'queued', href: '/runs?status=queued' },
    { status: 'waiting', count: now?.waiting, word: 'waiting', href: '/runs?status=waiting' },
    {
      status: 'failed',
      count: now?.failing,
      word: now?.failing === 1 ? 'Pipeline failing' : 'Pipelines failing',
      href: '#failing',
    },
  ] as const;
  return (
    <ul className={classes.now} aria-label="Now">
      {facts.map(({ status, count, word, href }) => (
        <li key={status}>
          <Link href={href} className={classes.fact}>
            <StatusShape status={status} />
            <strong>{count ?? '–'}</strong> {word}
          </Link>
        </li>
      ))}
    </ul>
  );
}
