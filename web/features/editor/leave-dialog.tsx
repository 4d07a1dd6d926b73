'use client';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useLeaveGuard } from './use-leave-guard.ts';

export function LeaveDialog({ isDirty, onLeave }: { isDirty: boolean; onLeave: () => void }) {
  const { to, stay } = useLeaveGuard(isDirty);
  const router = useRouter();
  if (to === null) return null;
  const go = () => {
    stay();
    router.push(to);
  };
  return (
    <Modal opened onClose={stay} title="Leave with unsaved changes?" centered>
      <Text size="sm">A draft stays in this browser and is offered when you come back.</Text>
      <Group justify="flex-end" mt="lg">
        <Button
          variant="default"
          onClick={() => {
            onLeave();
            go();
          }}
        >
          Drop the changes
        </Button>
        <Button variant="default" onClick={go}>
          Leave, keep the draft
        </Button>
        <Button onClick={stay}>Stay</Button>
      </Group>
    </Modal>
  );
}
