'use client';
import { Button } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { RunDetail } from '../../../core/api/objects.ts';

const ForkDialog = dynamic(() => import('./fork-dialog.tsx').then((room) => room.ForkDialog), { ssr: false });

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
