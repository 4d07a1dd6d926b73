import { hostname, platform, release } from 'node:os';
import type { EnginePlugin } from '../../core/contracts/plugin.ts';
import { createLocalEngine } from './engine.ts';
import { manifest } from './manifest.ts';

export const plugin: EnginePlugin = {
  manifest,
  create: ({ stateFolder }) => createLocalEngine(stateFolder),
  probe: () =>
    Promise.resolve({ available: process.platform !== 'win32', found: `${platform()} ${release()} on ${hostname()}` }),
};
