'use client';
import { Alert, Button } from '@mantine/core';
import type { ApprovalItem } from '../../../core/api/approvals.ts';
import { shortDigest } from '../../../core/short-digest.ts';

/** Says that what somebody looks at is no longer what is asked. */
export function Changed({ seen, now, onShow }: { seen: ApprovalItem; now: ApprovalItem; onShow: () => void }) {
  return (
    <Alert color="yellow" variant="light" role="alert" title="What is shown has changed">
      <p>
        {changedFiles(seen, now)} Its digest is {shortDigest(now.digest)} now, not {shortDigest(seen.digest)}, and what
        was decided so far is void.
      </p>
      <Button size="xs" mt="xs" onClick={onShow}>
        Show what is there now
      </Button>
    </Alert>
  );
}

function changedFiles(before: ApprovalItem, now: ApprovalItem): string {
  const old = new Map(before.files.map(({ key, sha256 }) => [key, sha256]));
  const changed = now.files.filter(({ key, sha256 }) => old.get(key) !== sha256).map(({ key }) => key);
  return changed.length === 0 ? '' : `Stored again: ${changed.join(', ')}.`;
}
