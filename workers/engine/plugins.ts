import { access, readdir } from 'node:fs/promises';
import type { PluginSource } from '../../activities/engine/ports.ts';
import type { Engine } from '../../core/contracts/engine.ts';
import type { ActionPlugin, EngineHost, EnginePlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';

const folder = new URL('../../plugins/', import.meta.url);

export interface Plugins extends PluginSource {
  /** Engines that can be had on this host, made ready. */
  found: { type: string; found: string }[];
}

/** A built-in plugin is the folder `<category>-<id>` with an `index.ts` that exports `plugin`. */
export async function loadPlugins(host: EngineHost): Promise<Plugins> {
  const engines = new Map<string, Engine>();
  const found: Plugins['found'] = [];
  for (const name of (await readdir(folder)).filter((entry) => entry.startsWith('engine-'))) {
    const type = name.slice('engine-'.length);
    const plugin = await load<EnginePlugin>('engine', type);
    const probe = await plugin.probe();
    if (!probe.available) continue;
    engines.set(type, await plugin.create(host));
    found.push({ type, found: probe.found });
  }
  const actions = new Map<string, Promise<ActionPlugin>>();
  return {
    found,
    action(type) {
      const plugin = actions.get(type) ?? load<ActionPlugin>('action', type);
      actions.set(type, plugin);
      return plugin;
    },
    async engine(type) {
      const engine = engines.get(type);
      if (engine === undefined) throw new PalvellaError('engine_refused', `this Worker has no Engine of type ${type}`);
      return await Promise.resolve(engine);
    },
    engines: () => Promise.resolve([...engines.values()]),
  };
}

async function load<T>(category: 'action' | 'engine', id: string): Promise<T> {
  const path = new URL(`${category}-${id}/index.ts`, folder);
  const known =
    /^[a-z][a-z0-9_-]*$/.test(id) &&
    (await access(path).then(
      () => true,
      () => false,
    ));
  if (!known) throw new PalvellaError('engine_refused', `this Worker has no plugin for the ${category} ${id}`);
  return ((await import(path.href)) as { plugin: T }).plugin;
}
