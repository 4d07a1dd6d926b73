import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './lists.module.css';

/** A page's name, and what can be done with the page at its right. */
export function PageHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.head}>
      <Title order={1} size="h3" className={classes.title}>
        {title}
      </Title>
      {children}
    </div>
  );
}
