'use client';
import { ActionIcon, type ActionIconProps, type ElementProps } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';

interface Props extends ActionIconProps, ElementProps<'button', keyof ActionIconProps> {
  name: string;
}

export function PersonButton({ name, ...others }: Props) {
  return (
    <ActionIcon
      variant="default"
      size={32}
      title={name}
      aria-label={`Account and appearance, ${name}`}
      aria-haspopup="menu"
      {...others}
    >
      <IconUser size={18} stroke={1.6} />
    </ActionIcon>
  );
}
