'use client';
import { Button } from '@mantine/core';
import { Link } from '../links/link.tsx';
import { useAddressParam } from '../lists/address.ts';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import { PageHead } from '../lists/page-head.tsx';
import { SearchField } from '../lists/search-field.tsx';
import { Empty, ListStates } from '../lists/states.tsx';
import { pipelineHref, triggerHref } from '../runs/hrefs.ts';
import { useTriggers } from './queries.ts';
import { shownTrigger, type TriggerShown } from './spec.ts';
import classes from './triggers.module.css';

export function TriggersPage() {
  const [q, setQ] = useAddressParam('q');
  const read = useTriggers(q);
  const triggers = read.data?.pages.flatMap((page) => page.items.map(shownTrigger));
  return (
    <>
      <PageHead title="Triggers">
        <div className={lists.tools}>
          <SearchField label="Search Triggers" q={q} onSearch={setQ} />
          <Button variant="default" component={Link} href="/deliveries">
            Deliveries
          </Button>
          <Button component={Link} href="/new-webhook">
            New webhook
          </Button>
        </div>
      </PageHead>
      <ListStates
        read={read}
        count={triggers?.length}
        empty={
          q === '' ? (
            <Empty title="There is no Trigger yet">
              <p>
                A Trigger starts Pipelines when something happens: a push, a call, the end of another run. Make a
                webhook here, or save a Trigger with palvella apply.
              </p>
              <Button component={Link} href="/new-webhook">
                New webhook
              </Button>
            </Empty>
          ) : (
            <Empty title={`No Trigger is called like “${q}”`} />
          )
        }
      >
        <ul className={lists.list} aria-label="Triggers">
          {triggers?.map((trigger) => (
            <Row key={trigger.name} trigger={trigger} />
          ))}
        </ul>
        <More pages={read} />
      </ListStates>
    </>
  );
}

function Row({ trigger: { name, description, listens, starts } }: { trigger: TriggerShown }) {
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <span className={lists.name}>
        <Link href={triggerHref(name)} className={lists.open} data-row>
          {name}
        </Link>
        {description === null ? null : <span className={lists.quiet}>{description}</span>}
      </span>
      <span className={classes.listens}>{listens}</span>
      <span className={`${lists.quiet} ${classes.listens}`}>
        {starts.length === 0 ? 'Wakes Jobs that wait for it' : 'Starts '}
        {starts.map((pipeline, index) => (
          <span key={String(index)}>
            {index === 0 ? '' : ', '}
            <Link href={pipelineHref(pipeline)} className={lists.above}>
              {pipeline}
            </Link>
          </span>
        ))}
      </span>
    </li>
  );
}
