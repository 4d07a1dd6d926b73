'use client';
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApprovalItem } from '../../../core/api/approvals.ts';
import { Link } from '../links/link.tsx';
import lists from '../lists/lists.module.css';
import { More } from '../lists/more.tsx';
import { ListStates } from '../lists/states.tsx';
import { runHref } from '../runs/hrefs.ts';
import { Approval } from './approval.tsx';
import classes from './approvals.module.css';
import type { useApprovalPages } from './queries.ts';

export function ApprovalList({
  read,
  empty,
  rows = 3,
}: {
  read: ReturnType<typeof useApprovalPages>;
  empty: ReactNode;
  rows?: number;
}) {
  const items = read.data?.pages.flatMap((page) => page.items);
  return (
    <ListStates read={read} count={items?.length} empty={empty} rows={rows}>
      <ul className={lists.list} aria-label="Approvals">
        {items?.map((item) => (
          <ApprovalRow key={item.id} item={item} />
        ))}
      </ul>
      <More pages={read} />
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
