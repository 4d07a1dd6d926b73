'use client';
import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { PersonButton } from './person-button.tsx';
import { forgetRecent } from './recent.ts';
import classes from './shell.module.css';

const schemes = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const;

/** Who is signed in, the colour scheme, and the way out. Open from the start, as a click brought it here. */
export function PersonMenu({ name, roles }: { name: string; roles: readonly string[] }) {
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  async function signOut() {
    await api.signOut().catch(() => undefined);
    queries.clear();
    forgetRecent(window.localStorage);
    window.location.assign('/sign-in');
  }
  return (
    <Menu position="bottom-end" width={200} defaultOpened>
      <Menu.Target>
        <PersonButton name={name} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={classes.who}>
          <span>{name}</span>
          {roles.length === 0 ? null : <span>{`${roles.length === 1 ? 'Role' : 'Roles'}: ${roles.join(', ')}`}</span>}
        </Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            leftSection={<scheme.icon size={16} />}
            aria-current={colorScheme === scheme.value ? 'true' : undefined}
            onClick={() => setColorScheme(scheme.value)}
          >
            {scheme.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
