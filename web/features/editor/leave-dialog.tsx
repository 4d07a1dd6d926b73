'use client';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useLeaveGuard } from './use-leave-guard.ts';

export function LeaveDialog({ isDirty, onLeave }: { isDirty: boolean; onLeave: () => void }) {
  const { leave, stay } = useLeaveGuard(isDirty);
  if (leave === null) return null;
  const go = () => {
    stay();
    leave();
  };
  return (
    <Modal opened onClose={stay} title="Leave with unsaved changes?" size={520} centered>
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
        <Button onClick={stay} data-autofocus>
          Stay
        </Button>
      </Group>
    </Modal>
  );
}
