'use client';
import { SegmentedControl } from '@mantine/core';
import { useApprovals } from '../api/queries.ts';
import { useAddressParam } from '../lists/address.ts';
import { PageHead } from '../lists/page-head.tsx';
import { Empty } from '../lists/states.tsx';
import { ApprovalList } from './approval-list.tsx';

const views = [
  { value: '', label: 'Pending' },
  { value: 'approved', label: 'Approved' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'all', label: 'All' },
];

export function ApprovalsPage() {
  const [view, setView] = useAddressParam('state');
  const filter = view === 'all' ? {} : { state: view === '' ? 'pending' : view };
  const read = useApprovals(filter);
  return (
    <>
      <PageHead title="Approvals">
        <SegmentedControl data={views} value={view} onChange={setView} aria-label="Which approvals" />
      </PageHead>
      <ApprovalList
        read={read}
        empty={
          <Empty title={view === '' ? 'Nothing waits for a decision' : 'There is none'}>
            <p>An approval Action holds its run until somebody decides. What waits for you is listed here.</p>
          </Empty>
        }
      />
    </>
  );
}
