import type { z } from 'zod';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { manifest } from './manifest.ts';

type Input = z.infer<typeof manifest.input>;

export const plugin: ActionPlugin<Input> = {
  manifest,
  // The API starts one run for this try of this Action, however often it is asked.
  repeatable: true,
  async execute(context, { pipeline, args }) {
    const run = await context.startRun(pipeline, args);
    context.log('system', `Started ${pipeline}/${run.number}: ${run.url}`);
    return { status: 'succeeded', output: { id: run.id, number: run.number, url: run.url } };
  },
};
