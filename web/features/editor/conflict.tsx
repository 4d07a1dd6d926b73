'use client';
import { Button, Group, Modal, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { Definition } from '../../../core/api/objects.ts';
import { useWho } from '../session/who.ts';
import { Time } from '../time/time.tsx';
import { Difference } from './difference.tsx';

/** Somebody else saved meanwhile: the difference, and what is to become of it. */
export function Conflict({
  theirs,
  mine,
  base,
  onTake,
  onKeep,
  onClose,
}: {
  theirs: Definition;
  mine: string;
  base: string;
  onTake: () => void;
  onKeep: () => void;
  onClose: () => void;
}) {
  const who = useWho();
  const [left, setLeft] = useState('theirs');
  return (
    <Modal
      opened
      onClose={onClose}
      size="90%"
      title={`Version ${theirs.version} of ${theirs.name} was saved meanwhile`}
    >
      <Text size="sm" mb="sm">
        By {who(theirs.author)}, <Time at={theirs.createdAt} />. Nothing was overwritten, and your text is as you left
        it. Where you keep yours, take over by hand what theirs should leave in it.
      </Text>
      <Group justify="space-between" mb="xs">
        <SegmentedControl
          size="xs"
          value={left}
          onChange={setLeft}
          data={[
            { value: 'theirs', label: `Theirs, version ${theirs.version}` },
            { value: 'base', label: 'What you began from' },
          ]}
        />
        <Text size="sm" c="dimmed">
          Yours
        </Text>
      </Group>
      <Difference before={left === 'theirs' ? theirs.source : base} after={mine} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onTake}>
          Take theirs, drop mine
        </Button>
        <Button onClick={onKeep}>Keep editing mine, on top of theirs</Button>
      </Group>
    </Modal>
  );
}
