'use client';
import { type ReactNode, useState } from 'react';
import type { ApprovalItem } from '../../../core/api/approvals.ts';
import { shortDigest } from '../../../core/short-digest.ts';
import { later } from '../later/later.tsx';
import { RunVersion } from '../runs/run-version.tsx';
import { Values } from '../runs/values.tsx';
import classes from './approvals.module.css';
import { Decide } from './decide.tsx';
import { DecisionLines } from './decision-lines.tsx';

const Changed = later(() => import('./changed.tsx').then((room) => room.Changed));
const ShownFiles = later(() => import('./shown-files.tsx').then((room) => room.ShownFiles));

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
          {where}
          <RunVersion run={item.run} />
          {' · '}
          <span title={`SHA-256 of all that is shown: ${item.digest}`}>digest {shortDigest(item.digest)}</span>
        </p>
        <DecisionLines item={item} />
        {item.values !== null && item.fields.length > 0 ? <Values values={item.values} empty="" /> : null}
      </div>
      {Object.keys(item.run.parameters).length === 0 ? null : (
        <details className={classes.file} open>
          <summary>Parameters</summary>
          <Values values={item.run.parameters} empty="" />
        </details>
      )}
      {hasChanged ? (
        <Changed seen={seen} now={latest} onShow={() => setSeen(latest)} />
      ) : (
        item.files.length > 0 && <ShownFiles item={item} open={open} />
      )}
      {item.state === 'pending' ? <Decide key={item.digest} item={item} disabled={hasChanged} /> : null}
    </>
  );
}
