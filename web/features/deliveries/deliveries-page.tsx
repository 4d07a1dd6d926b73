'use client';
import { Anchor, Button, Select } from '@mantine/core';
import { Link } from '../links/link.tsx';
import { useAddressParam } from '../lists/address.ts';
import { PageHead } from '../lists/page-head.tsx';
import { Empty, QuietFailure } from '../lists/states.tsx';
import { useTriggers } from '../triggers/queries.ts';
import classes from './deliveries.module.css';
import { DeliveryList } from './delivery-list.tsx';
import { useDeliveries } from './queries.ts';

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
  const triggers = useTriggers();
  const names = triggers.data?.items.map(({ name }) => name) ?? [];
  const read = useDeliveries({
    ...(trigger === '' ? {} : { trigger }),
    ...(state === '' ? {} : { state }),
  });
  return (
    <>
      <PageHead title="Deliveries">
        <div className={classes.filters}>
          <Select
            aria-label="Trigger"
            placeholder="Any Trigger"
            data={trigger === '' || names.includes(trigger) ? names : [trigger, ...names]}
            value={trigger === '' ? null : trigger}
            onChange={(value) => setTrigger(value ?? '')}
            clearable
            searchable
            w={200}
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
      <QuietFailure read={triggers} what="Triggers to choose from" />
      <DeliveryList
        read={read}
        empty={
          trigger !== '' || state !== '' ? (
            <Empty title="No delivery is like this">
              <p>Choose another Trigger or decision.</p>
            </Empty>
          ) : (
            <Empty title="Nothing has been delivered yet">
              <p>
                What a Trigger is sent is kept here, with what became of it: a push, a call, the end of another run.
                Make a webhook, and push something.
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
