import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Mark } from '../shell/mark.tsx';
import classes from './session.module.css';

export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.frame}>
      <Stack gap="md" className={classes.panel}>
        <Mark />
        <Title order={1} size="h3">
          {title}
        </Title>
        {children}
      </Stack>
    </main>
  );
}
