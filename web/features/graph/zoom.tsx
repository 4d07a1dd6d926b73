'use client';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import type { ReactNode } from 'react';
import classes from './graph.module.css';

export function Zoom() {
  const flow = useReactFlow();
  const button = (label: string, icon: ReactNode, act: () => unknown) => (
    <Tooltip label={label} position="left">
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={() => void act()}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={classes.zoom}>
      {button('Zoom in', <IconPlus size={14} />, () => flow.zoomIn())}
      {button('Zoom out', <IconMinus size={14} />, () => flow.zoomOut())}
      {button('Show all', <IconMaximize size={14} />, () => flow.fitView({ padding: '16px', maxZoom: 1 }))}
    </div>
  );
}
