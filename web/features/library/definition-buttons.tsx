'use client';
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from '../links/link.tsx';
import { editHref } from '../runs/hrefs.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

interface Props {
  kind: string;
  name: string;
  version: number;
  /** It is a Trigger that people know as a schedule. */
  isSchedule?: boolean;
}

/** What can be done with a definition, at the head of its page. */
export function DefinitionButtons({ kind, name, version, isSchedule = false }: Props) {
  const [opened, setOpened] = useState<'rename' | 'delete' | null>(null);
  const dialog = { kind, name, version, onClose: () => setOpened(null) };
  return (
    <Group gap="xs">
      <Button variant="default" component={Link} href={editHref(kind, name)}>
        Edit
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={`More for ${name}`}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {/* Those who send to a Trigger know it by its name. */}
          {kind === 'Trigger' ? null : <Menu.Item onClick={() => setOpened('rename')}>Rename…</Menu.Item>}
          <Menu.Item color="red" onClick={() => setOpened('delete')}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {opened === 'rename' ? <RenameDialog {...dialog} /> : null}
      {opened === 'delete' ? <DeleteDialog {...dialog} isSchedule={isSchedule} /> : null}
    </Group>
  );
}
