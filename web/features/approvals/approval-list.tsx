'use client';
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApprovalItem } from '../../../core/api/approvals.ts';
import type { useApprovals } from '../api/queries.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { ListStates } from '../lists/states.tsx';
import { runHref } from '../runs/hrefs.ts';
import { Approval } from './approval.tsx';
import classes from './approvals.module.css';

export function ApprovalList({
  read,
  empty,
  rows = 3,
}: {
  read: ReturnType<typeof useApprovals>;
  empty: ReactNode;
  rows?: number;
}) {
  const items = read.data?.items;
  return (
    <ListStates read={read} count={items?.length} empty={empty} rows={rows}>
      <ul className={lists.list} aria-label="Approvals">
        {items?.map((item) => (
          <ApprovalRow key={item.id} item={item} />
        ))}
      </ul>
    </ListStates>
  );
}

function ApprovalRow({ item }: { item: ApprovalItem }) {
  return (
    <li className={classes.row}>
      <Approval
        item={item}
        open={false}
        where={
          <>
            <Anchor component={Link} href={runHref(item.run)} inherit data-row>
              {item.run.pipeline} #{item.run.number}
            </Anchor>
            {` · ${item.jobPath}`}
          </>
        }
      />
    </li>
  );
}
