import type { Engine } from '../../core/contracts/engine.ts';
import type { EnginePlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import { manifest } from './manifest.ts';

/** Actions run inside the Worker: there is no workspace, and nothing to start, stop or leave behind. */
function createNativeEngine(): Engine {
  const refuse = (what: string) => () =>
    Promise.reject(
      new PalvellaError('engine_refused', `the native Engine has no ${what}`, {
        remedy: 'Give the Job an Engine that runs commands, as engine: local.',
      }),
    );
  return {
    prepare: refuse('workspace'),
    start: refuse('commands'),
    attach: () => Promise.resolve(undefined),
    stop: () => Promise.resolve(),
    teardown: () => Promise.resolve(),
    held: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

export const plugin: EnginePlugin = {
  manifest,
  create: () => Promise.resolve(createNativeEngine()),
  probe: () => Promise.resolve({ available: true, found: 'inside the Worker' }),
};
