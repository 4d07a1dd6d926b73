'use client';
import { Anchor, Code, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePipelines, useRuns } from '../api/queries.ts';
import { ApprovalList } from '../approvals/approval-list.tsx';
import { useApprovalPages } from '../approvals/queries.ts';
import { Link } from '../links/link.tsx';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { CreatePipeline } from '../pipelines/create-pipeline.tsx';
import { FirstSteps } from '../pipelines/first-steps.tsx';
import { RunList } from '../runs/run-list.tsx';
import { FailingList } from './failing-list.tsx';
import classes from './home.module.css';
import { NowLine } from './now-line.tsx';
import { OverTime } from './over-time.tsx';
import { useFailing } from './queries.ts';

const mostApprovals = 3;
const mostFailing = 8;

/** What waits for me, what is running, what broke, and how it went lately. */
export function HomePage() {
  const approvals = useApprovalPages({ mine: 'true', limit: mostApprovals });
  const running = useRuns({ status: 'running,queued,waiting', limit: 6 });
  const failing = useFailing(mostFailing);
  const pipelines = usePipelines('', 1);
  const isNew = pipelines.data?.pages[0]?.items.length === 0;
  if (isNew)
    return (
      <>
        <PageHead title="Home" />
        <FirstSteps />
      </>
    );
  return (
    <>
      <PageHead title="Home">
        <NowLine />
        <CreatePipeline />
      </PageHead>
      <div className={classes.sections}>
        <Section title="Waits for a decision" more={{ href: '/approvals', label: 'All approvals' }}>
          <ApprovalList read={firstPageOf(approvals)} empty={<Empty title="Nothing waits for you" />} rows={1} />
        </Section>
        <div className={classes.beside}>
          <Section
            title="Failing"
            id="failing"
            more={{ href: '/runs?status=failed,errored,timed_out', label: 'All that broke' }}
          >
            <FailingList read={failing} />
          </Section>
          <Section title="Running" more={{ href: '/runs?status=queued,running,waiting', label: 'All open runs' }}>
            <RunList
              read={firstPageOf(running)}
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
        </div>
        <OverTime />
      </div>
    </>
  );
}

/** A list that ends with what it has; its section leads to all of it. */
function firstPageOf<Read extends object>(read: Read): Read {
  return { ...read, hasNextPage: false };
}

function Section({
  title,
  id,
  more,
  children,
}: {
  title: string;
  id?: string;
  more: { href: string; label: string };
  children: ReactNode;
}) {
  return (
    <section aria-label={title} id={id}>
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
