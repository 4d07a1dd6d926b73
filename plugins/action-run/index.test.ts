import { describe, expect, test } from 'vitest';
import type { Exit } from '../../core/contracts/engine.ts';
import { contextFor } from '../../test/engine/action-context.ts';
import { judge, plugin } from './index.ts';
import { manifest } from './manifest.ts';

const exitOf = (more: Partial<Exit>): Exit => ({ status: 0, namedOutput: '', info: {}, ...more });

describe('run', () => {
  test('gives the command to the Engine as it is, values of its environment as text', async () => {
    let asked: unknown;
    const { context } = await contextFor({
      exec: (command) => {
        asked = command;
        return Promise.resolve(exitOf({}));
      },
    });
    const input = manifest.input.parse({ command: 'echo "$A"; `x`', environ: { A: 1, B: true }, directory: 'sub' });
    await plugin.execute(context, input);
    expect(asked).toEqual({ command: 'echo "$A"; `x`', environ: { A: '1', B: 'true' }, directory: 'sub' });
  });

  test.each([
    [exitOf({}), [0], { status: 'succeeded', exitStatus: 0 }],
    [exitOf({ status: 2 }), [0, 2], { status: 'succeeded', exitStatus: 2 }],
    [exitOf({ status: 2 }), [0], { status: 'failed', exitStatus: 2, reason: 'The exit status is 2.' }],
    [exitOf({ status: 0 }), [2], { status: 'failed', exitStatus: 0 }],
    [exitOf({ status: null, signal: 'SIGSEGV' }), [0], { status: 'failed', reason: 'It was ended by SIGSEGV.' }],
    [exitOf({ namedOutput: 'a=1' }), [0], { status: 'succeeded', output: { a: 1 } }],
    [exitOf({ status: 1, namedOutput: 'a=1' }), [0], { status: 'failed', output: { a: 1 } }],
    [exitOf({ namedOutput: 'nonsense' }), [0], { status: 'failed', reason: expect.stringContaining('Line 1') }],
  ])('%j with %j counts as %j', (exit, good, outcome) => {
    expect(judge(exit, good)).toMatchObject(outcome);
  });
});
