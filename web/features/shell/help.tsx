'use client';
import { Kbd, Modal, Table } from '@mantine/core';

const keys: readonly [string, string][] = [
  ['Ctrl K', 'Search everything'],
  ['j, k', 'Next and previous row'],
  ['Enter', 'Open the row'],
  ['/', 'Search in this list or log'],
  ['Escape', 'Close what is open'],
  ['?', 'This help'],
];

export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" centered>
      <Table>
        <Table.Tbody>
          {keys.map(([key, does]) => (
            <Table.Tr key={key}>
              <Table.Td w={110}>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
