import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';

/** As much of an Action as must be right for it to be listed and called. */
const Module = z.object({
  plugin: z.object({
    manifest: z.object({
      category: z.literal('action'),
      id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id holds small letters, digits and -'),
      title: z.string().min(1),
      description: z.string().min(1),
      example: z.string(),
      place: z.enum(['native', 'job']),
      input: z.custom((value) => value instanceof z.ZodObject, 'the input is a z.object'),
    }),
    execute: z.custom((value) => typeof value === 'function', 'an Action has execute'),
  }),
});

/**
 * Actions that whoever runs the server adds to the built-in ones. `setting`: paths of modules that give `plugin`, with
 * commas between. Throws `invalid_request` where one of them is none.
 */
export async function loadActionPlugins(setting = ''): Promise<ActionPlugin[]> {
  const paths = setting.split(',').flatMap((path) => (path.trim() === '' ? [] : [path.trim()]));
  return Promise.all(paths.map(loadActionPlugin));
}

async function loadActionPlugin(path: string): Promise<ActionPlugin> {
  const refuse = (why: string, cause?: unknown) =>
    new PalvellaError('invalid_request', `The plugin ${path} cannot be used: ${why}`, {
      cause,
      remedy: 'Correct PALVELLA_PLUGINS, or the plugin.',
    });
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
  const read = Module.safeParse(module);
  if (!read.success)
    throw refuse(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  return (module as { plugin: ActionPlugin }).plugin;
}
