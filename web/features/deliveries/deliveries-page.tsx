'use client';
import { Anchor, Button, Select } from '@mantine/core';
import { Link } from '../links/link.tsx';
import { useAddressParam } from '../lists/address.ts';
import { useNameSearch } from '../lists/name-search.ts';
import { PageHead } from '../lists/page-head.tsx';
import { Empty, QuietFailure } from '../lists/states.tsx';
import { findTriggers } from '../triggers/queries.ts';
import classes from './deliveries.module.css';
import { DeliveryList } from './delivery-list.tsx';
import { useDeliveries } from './queries.ts';
import { anySource, senderWord, sourceAsked, sources } from './words.ts';

const states = [
  { value: 'recorded', label: 'Recorded' },
  { value: 'dropped', label: 'Dropped' },
  { value: 'pending', label: 'Received' },
];

export function DeliveriesPage() {
  const [trigger, setTrigger] = useAddressParam('trigger');
  const [state, setState] = useAddressParam(
    'state',
    states.map(({ value }) => value),
  );
  const [chosen, setChosen] = useAddressParam('source', [anySource, ...sources]);
  const triggers = useNameSearch({ what: 'Trigger', value: trigger, queryKey: ['trigger-names'], find: findTriggers });
  const source = sourceAsked(chosen, trigger);
  const read = useDeliveries({
    ...(trigger === '' ? {} : { trigger }),
    ...(state === '' ? {} : { state }),
    ...(source === undefined ? {} : { source }),
  });
  return (
    <>
      <PageHead title="Deliveries">
        <div className={classes.filters}>
          <Select
            aria-label="Trigger"
            placeholder="Any Trigger"
            {...triggers.input}
            onChange={(value) => setTrigger(value ?? '')}
            clearable
            w={200}
          />
          <Select
            aria-label="Source"
            placeholder={trigger === '' ? 'All but schedules' : 'Any source'}
            data={[
              { value: anySource, label: 'Any source' },
              ...sources.map((each) => ({ value: each, label: senderWord(each) })),
            ]}
            value={chosen === '' ? null : chosen}
            onChange={(value) => setChosen(value ?? '')}
            clearable
            w={180}
          />
          <Select
            aria-label="Decision"
            placeholder="Any decision"
            data={states}
            value={state === '' ? null : state}
            onChange={(value) => setState(value ?? '')}
            clearable
            w={150}
          />
          <Button variant="default" component={Link} href="/triggers">
            Triggers
          </Button>
        </div>
      </PageHead>
      <QuietFailure read={triggers.read} what="Triggers to choose from" />
      <DeliveryList
        read={read}
        empty={
          trigger !== '' || state !== '' || chosen !== '' ? (
            <Empty title="No delivery is like this">
              <p>Choose another Trigger, source or decision.</p>
            </Empty>
          ) : (
            <Empty title="Nothing has been delivered yet">
              <p>
                What a Trigger is sent is kept here, with what became of it: a push, a call, the end of another run.
                Make a webhook, and push something. Schedules are listed where you choose them as source.
              </p>
              <Anchor component={Link} href="/new-webhook" inherit>
                New webhook
              </Anchor>
            </Empty>
          )
        }
      />
    </>
  );
}
