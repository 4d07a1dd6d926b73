'use client';
import type { ReactNode } from 'react';
import type { Delivery } from '../../../core/api/triggers.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import { ListStates } from '../lists/states.tsx';
import { deliveryHref } from '../runs/hrefs.ts';
import { StatusShape } from '../status/shape.tsx';
import { Time } from '../time/time.tsx';
import classes from './deliveries.module.css';
import type { useDeliveries } from './queries.ts';
import { decisionOf, whatCame } from './words.ts';

/** Deliveries with every state a list can have. `bare`: they are of one Trigger, whose name goes without saying. */
export function DeliveryList({
  read,
  empty,
  bare = false,
  rows = 8,
}: {
  read: ReturnType<typeof useDeliveries>;
  empty: ReactNode;
  bare?: boolean;
  rows?: number;
}) {
  const deliveries = read.data?.pages.flatMap((page) => page.items);
  return (
    <ListStates read={read} count={deliveries?.length} empty={empty} rows={rows}>
      <ul className={`${lists.list} ${classes.list}`} aria-label="Deliveries">
        {deliveries?.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} bare={bare} />
        ))}
      </ul>
      <More pages={read} />
    </ListStates>
  );
}

function Row({ delivery, bare }: { delivery: Delivery; bare: boolean }) {
  const { shape, word } = decisionOf(delivery);
  const about = delivery.facts['branch'] ?? delivery.facts['tag'];
  return (
    <li className={`${lists.row} ${classes.row}`}>
      <Link href={deliveryHref(delivery.id)} className={`${lists.open} ${classes.name}`} data-row>
        {bare ? whatCame(delivery) : delivery.trigger}
      </Link>
      <span className={`${lists.quiet} ${classes.what}`}>
        {bare ? null : whatCame(delivery)}
        {typeof about === 'string' ? <span className={classes.about}>{about}</span> : null}
      </span>
      <span className={classes.decision} title={delivery.reason ?? undefined}>
        <StatusShape status={shape} />
        <span className={lists.clip}>
          {word}
          {delivery.reason === null ? null : <span className={lists.quiet}> {delivery.reason}</span>}
        </span>
      </span>
      <span className={`${lists.quiet} ${lists.number} ${classes.when}`}>
        <Time at={delivery.receivedAt} />
      </span>
    </li>
  );
}
