'use client';
import { Alert, Button } from '@mantine/core';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import type { ApprovalItem } from '../../../core/api/approvals.ts';
import { Values } from '../runs/values.tsx';
import classes from './approvals.module.css';
import { Decide } from './decide.tsx';
import { DecisionLines } from './decision-lines.tsx';

const ShownFiles = dynamic(() => import('./shown-files.tsx').then((room) => room.ShownFiles), { ssr: false });

/**
 * What is asked, on what, and the buttons. What somebody looks at never changes under their pointer: where it has
 * changed, they are told so, and decide once they have looked again.
 */
export function Approval({ item: latest, where, open }: { item: ApprovalItem; where: ReactNode; open: boolean }) {
  const [seen, setSeen] = useState(latest);
  const hasChanged = latest.state === 'pending' && seen.digest !== latest.digest;
  const item = hasChanged ? { ...latest, digest: seen.digest, files: seen.files } : latest;
  if (!hasChanged && seen !== latest) setSeen(latest);
  return (
    <>
      <div className={classes.what}>
        <h2 className={classes.prompt}>{item.prompt}</h2>
        <p className={classes.where}>
          {where} · <span title={`SHA-256 of all that is shown: ${item.digest}`}>digest {item.digest.slice(0, 8)}</span>
        </p>
        <DecisionLines item={item} />
        {item.values !== null && item.fields.length > 0 ? <Values values={item.values} empty="" /> : null}
      </div>
      {hasChanged ? (
        <Alert
          color="yellow"
          variant="light"
          role="alert"
          title="What is shown has changed"
          className={classes.changed}
        >
          <p>
            {changedFiles(seen, latest)} Its digest is {latest.digest.slice(0, 8)} now, not {seen.digest.slice(0, 8)},
            and what was decided so far is void.
          </p>
          <Button size="xs" mt="xs" onClick={() => setSeen(latest)}>
            Show what is there now
          </Button>
        </Alert>
      ) : (
        item.files.length > 0 && <ShownFiles item={item} open={open} />
      )}
      {item.state === 'pending' ? <Decide key={item.digest} item={item} disabled={hasChanged} /> : null}
    </>
  );
}

function changedFiles(before: ApprovalItem, now: ApprovalItem): string {
  const old = new Map(before.files.map(({ key, sha256 }) => [key, sha256]));
  const changed = now.files.filter(({ key, sha256 }) => old.get(key) !== sha256).map(({ key }) => key);
  return changed.length === 0 ? '' : `Stored again: ${changed.join(', ')}.`;
}
