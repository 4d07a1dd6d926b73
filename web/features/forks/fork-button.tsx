'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RunDetail } from '../../../core/api/objects.ts';
import { later } from '../later/later.tsx';

const ForkDialog = later(() => import('./fork-dialog.tsx').then((room) => room.ForkDialog));

export function ForkButton({
  run,
  runKey,
  selected,
}: {
  run: RunDetail;
  runKey: string;
  selected: string | undefined;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Fork…
      </Button>
      {isOpen ? <ForkDialog run={run} runKey={runKey} selected={selected} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
