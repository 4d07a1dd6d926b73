'use client';
import { SegmentedControl } from '@mantine/core';
import { useAddressParam } from '../lists/address.ts';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { ApprovalList } from './approval-list.tsx';
import { useApprovalPages } from './queries.ts';

const views = [
  { value: '', label: 'For me' },
  { value: 'pending', label: 'Pending' },
  { value: 'decided', label: 'Decided' },
  { value: 'all', label: 'All' },
];
const filters: Record<string, { state?: string; mine?: string }> = {
  '': { mine: 'true' },
  pending: { state: 'pending' },
  decided: { state: 'approved,rejected,expired,withdrawn' },
  all: {},
};

const empty: Record<string, string> = {
  '': 'Nothing waits for your decision',
  pending: 'Nothing waits for a decision',
  decided: 'Nothing has been decided yet',
};

export function ApprovalsPage() {
  const [view, setView] = useAddressParam('state', Object.keys(filters));
  const read = useApprovalPages(filters[view] ?? {});
  return (
    <>
      <PageHead title="Approvals">
        <SegmentedControl data={views} value={view} onChange={setView} aria-label="Which approvals" />
      </PageHead>
      <ApprovalList
        read={read}
        empty={
          <Empty title={empty[view] ?? 'There is none'}>
            <p>An approval Action holds its run until somebody decides. What waits for you is listed here.</p>
          </Empty>
        }
      />
    </>
  );
}
