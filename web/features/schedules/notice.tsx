import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './schedules.module.css';

/** Says above a schedule how it stands. */
export function Notice({ color, title, children }: { color: string; title: string; children: ReactNode }) {
  return (
    <Alert classNames={{ title: classes.alertTitle }} color={color} variant="light" mb="md" title={title}>
      {children}
    </Alert>
  );
}
