'use client';
import { Anchor, Code, Title } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApprovals, usePipelines, useRuns } from '../api/queries.ts';
import { ApprovalList } from '../approvals/approval-list.tsx';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { FirstSteps } from '../pipelines/first-steps.tsx';
import { RunList } from '../runs/run-list.tsx';
import classes from './home.module.css';

/** What waits for me, what is running, what broke. */
export function HomePage() {
  const approvals = useApprovals({ mine: 'true' });
  const running = useRuns({ status: 'running,queued,waiting', limit: 10 });
  const broken = useRuns({ status: 'failed,errored,timed_out', limit: 8 });
  const pipelines = usePipelines('');
  const isNew = pipelines.data?.pages[0]?.items.length === 0;
  return (
    <>
      <PageHead title="Home" />
      {isNew ? (
        <FirstSteps />
      ) : (
        <div className={classes.sections}>
          <Section title="Waits for a decision" more={{ href: '/approvals', label: 'All approvals' }}>
            <ApprovalList read={approvals} empty={<Empty title="Nothing waits for you" />} rows={1} />
          </Section>
          <Section title="Running" more={{ href: '/runs?status=running', label: 'All running' }}>
            <RunList
              read={running}
              label="Running"
              rows={2}
              empty={
                <Empty title="Nothing is running">
                  <p>
                    Start a run from a Pipeline's page, or with <Code>npx palvella run NAME</Code>
                  </p>
                </Empty>
              }
            />
          </Section>
          <Section title="Broke lately" more={{ href: '/runs?status=failed', label: 'All failed' }}>
            <RunList read={broken} label="Broke lately" rows={2} empty={<Empty title="Nothing has failed" />} />
          </Section>
        </div>
      )}
    </>
  );
}

function Section({
  title,
  more,
  children,
}: {
  title: string;
  more: { href: string; label: string };
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <div className={classes.sectionHead}>
        <Title order={2} size="h5">
          {title}
        </Title>
        <Anchor component={Link} href={more.href} size="sm">
          {more.label}
        </Anchor>
      </div>
      {children}
    </section>
  );
}
