'use client';
import { Anchor, Button, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { DeliveryDetail } from '../../../core/api/triggers.ts';
import { errorText } from '../api/error.ts';
import { useTryKey } from '../api/use-try-key.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { NoSuch, NotThere } from '../lists/not-there.tsx';
import page from '../lists/page.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { deliveryHref, triggerHref } from '../runs/hrefs.ts';
import { RunRow } from '../runs/run-row.tsx';
import runs from '../runs/runs.module.css';
import { Values } from '../runs/values.tsx';
import { useWho } from '../session/who.ts';
import { StatusShape } from '../status/shape.tsx';
import { Time } from '../time/time.tsx';
import classes from './deliveries.module.css';
import { Payload } from './payload.tsx';
import { resend, useDelivery, useDeliveryFollows } from './queries.ts';
import { decisionOf, openPipelines, whatCame } from './words.ts';

export function DeliveryPage({ id }: { id: string }) {
  const read = useDelivery(id);
  if (read.data !== undefined) return <Loaded delivery={read.data} />;
  const gone = <NoSuch what="delivery" href="/deliveries" all="All deliveries" />;
  return <NotThere title="Delivery" read={read} gone={gone} />;
}

/** In the order in which one asks. */
const factNames = [
  'action',
  'branch',
  'tag',
  'source_branch',
  'fork',
  'sha',
  'number',
  'title',
  'sender',
  'repository',
  'ref',
  'url',
  'chain',
];

function Loaded({ delivery }: { delivery: DeliveryDetail }) {
  const who = useWho();
  const { shape, word } = decisionOf(delivery);
  const facts = Object.fromEntries(
    factNames.flatMap((name) => {
      const value = delivery.facts[name] ?? null;
      return value === null ? [] : [[name, value]];
    }),
  );
  return (
    <>
      <PageHead
        title={
          <Link href={triggerHref(delivery.trigger)} className={classes.trigger}>
            {delivery.trigger}
          </Link>
        }
      >
        <SendAgain id={delivery.id} />
      </PageHead>
      <p className={classes.status}>
        <StatusShape status={shape} />
        <span>
          {word}
          {delivery.reason === null ? '' : `: ${delivery.reason}`}
        </span>
      </p>
      <p className={classes.line}>
        {whatCame(delivery)}, received <Time at={delivery.receivedAt} />
        {delivery.sentBy === delivery.source ? null : ` by ${who(delivery.sentBy)}`}
        {delivery.resendOf === null ? null : (
          <>
            {' · sent again, first as '}
            <Anchor component={Link} href={deliveryHref(delivery.resendOf)} inherit>
              {delivery.resendOf.slice(-12)}
            </Anchor>
          </>
        )}
      </p>
      <Started delivery={delivery} />
      <Section title="What it says">
        <Values values={facts} empty="Nothing but its payload" />
      </Section>
      <Section title="Payload">
        <Payload text={delivery.payload} />
      </Section>
      {Object.keys(delivery.headers).length === 0 ? null : (
        <Section title="Headers">
          <Values values={delivery.headers} empty="" />
        </Section>
      )}
    </>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={page.section} aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Started({ delivery }: { delivery: DeliveryDetail }) {
  if (delivery.runs.length === 0) return null;
  return (
    <Section title="Runs">
      <ul className={`${lists.list} ${runs.runs}`} aria-label="Runs">
        {delivery.runs.map(({ pipeline, run, reason }, position) =>
          run === null ? (
            <li key={String(position)} className={classes.notStarted}>
              <strong>{pipeline}</strong> <span className={lists.quiet}>was not started: {reason ?? 'it is gone'}</span>
            </li>
          ) : (
            <RunRow key={run.id} run={run} />
          ),
        )}
      </ul>
      {openPipelines(delivery).map((pipeline) => (
        <Follow key={pipeline} id={delivery.id} pipeline={pipeline} />
      ))}
    </Section>
  );
}

/** The delivery itself does not change any more once it is decided; its runs do until they end. */
function Follow({ id, pipeline }: { id: string; pipeline: string }) {
  useDeliveryFollows(id, pipeline);
  return null;
}

function SendAgain({ id }: { id: string }) {
  const router = useRouter();
  const keyOf = useTryKey();
  const again = useMutation({
    mutationFn: () => resend(id, keyOf(id)),
    onSuccess: ({ delivery }) => router.push(deliveryHref(delivery)),
  });
  return (
    <>
      {again.error === null ? null : (
        <Text role="alert" size="sm" c="red">
          {errorText(again.error)}
        </Text>
      )}
      <Button variant="default" loading={again.isPending || again.isSuccess} onClick={() => again.mutate()}>
        Send again
      </Button>
    </>
  );
}
