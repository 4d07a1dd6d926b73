'use client';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { errorText } from '../api/error.ts';

interface Props {
  title: string;
  opened: boolean;
  /** What is done once it is confirmed. */
  change: { error: unknown; isPending: boolean };
  /** Words of the two buttons. */
  keep: string;
  act: string;
  isDangerous?: boolean;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
}

/** Says what would be done, and asks before it is. */
export function ConfirmDialog({ title, opened, change, keep, act, isDangerous, onClose, onConfirm, children }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <Text size="sm">{children}</Text>
      {change.error === null ? null : (
        <Text role="alert" size="sm" c="red" mt="sm">
          {errorText(change.error)}
        </Text>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {keep}
        </Button>
        <Button {...(isDangerous === true ? { color: 'red' } : {})} loading={change.isPending} onClick={onConfirm}>
          {act}
        </Button>
      </Group>
    </Modal>
  );
}
