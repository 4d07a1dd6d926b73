'use client';
import { Title } from '@mantine/core';
import { useDefinition } from '../api/queries.ts';
import { DeliveryList } from '../deliveries/delivery-list.tsx';
import { useDeliveries } from '../deliveries/queries.ts';
import { DefinitionButtons } from '../library/definition-buttons.tsx';
import { LinkedNames } from '../lists/linked-names.tsx';
import lists from '../lists/lists.module.css';
import { NoSuch, NotThere } from '../lists/not-there.tsx';
import page from '../lists/page.module.css';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { Source } from '../pipelines/source.tsx';
import { pipelineHref } from '../runs/hrefs.ts';
import { CallTrigger } from './call-trigger.tsx';
import { SecretSetUp } from './secret-set-up.tsx';
import { isWebhook, shownTrigger } from './spec.ts';
import classes from './triggers.module.css';

export function TriggerPage({ name }: { name: string }) {
  const read = useDefinition('Trigger', name);
  if (read.data === undefined) {
    const gone = <NoSuch what="Trigger" href="/triggers" all="All Triggers" />;
    return <NotThere title={name} read={read} gone={gone} />;
  }
  const trigger = shownTrigger(read.data);
  const { source, description, listens, starts } = trigger;
  return (
    <>
      <PageHead title={name}>
        <div className={lists.tools}>
          {source === 'rest' || source === 'manual' ? <CallTrigger name={name} /> : null}
          <DefinitionButtons
            kind="Trigger"
            name={name}
            version={read.data.version}
            isSchedule={source === 'schedule'}
          />
        </div>
      </PageHead>
      {description === null ? null : <p className={page.description}>{description}</p>}
      <p className={classes.facts}>
        {listens}
        {starts.length === 0 ? '. Wakes Jobs that wait for it.' : '. Starts '}
        <LinkedNames names={starts} hrefOf={pipelineHref} />
      </p>
      {isWebhook(source) ? (
        <section className={page.section} aria-label="Set-up">
          <Title order={2} size="h5">
            Set-up
          </Title>
          <SecretSetUp trigger={trigger} />
        </section>
      ) : null}
      <section className={page.section} aria-label="Last deliveries">
        <Title order={2} size="h5">
          Last deliveries
        </Title>
        <LastDeliveries name={name} />
      </section>
      <section className={page.section} aria-label="YAML">
        <Title order={2} size="h5">
          YAML
        </Title>
        <Source name={name} text={read.data.source} />
      </section>
    </>
  );
}

function LastDeliveries({ name }: { name: string }) {
  const read = useDeliveries({ trigger: name, limit: 10 });
  return <DeliveryList read={read} bare rows={3} empty={<Empty title="Nothing has been delivered yet" />} />;
}
