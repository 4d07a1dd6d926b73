'use client';
import { Anchor, type CSSVariablesResolver, createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8,
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '600' },
  components: {
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    // Not by Modal.extend, which would bring the dialog with every first page.
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
});

/** Quiet text and status colours, each at 4.5 : 1 or more on its background. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-placeholder': '#5c636a',
    '--mantine-color-error': 'var(--status-red)',
    '--quiet-text': '#5c636a',
    '--line': colors.gray[3],
    '--hover': colors.gray[1],
    '--sunken': colors.gray[0],
    '--selected': colors.blue[0],
    '--focus': colors.blue[7],
    '--status-gray': '#5c636a',
    '--status-blue': colors.blue[8],
    '--status-yellow': '#a15c00',
    '--status-green': '#1f7a33',
    '--status-red': '#c92a2a',
    '--status-orange': '#c2410c',
  },
  dark: {
    '--mantine-color-dimmed': '#a6adb4',
    '--mantine-color-placeholder': '#a6adb4',
    '--mantine-color-error': 'var(--status-red)',
    '--quiet-text': '#a6adb4',
    '--line': colors.dark[4],
    '--hover': colors.dark[6],
    '--sunken': colors.dark[8],
    '--selected': '#1c3048',
    '--focus': colors.blue[4],
    '--status-gray': '#a6adb4',
    '--status-blue': colors.blue[4],
    '--status-yellow': colors.yellow[5],
    '--status-green': colors.green[5],
    '--status-red': '#ff7b7b',
    '--status-orange': colors.orange[4],
  },
});
