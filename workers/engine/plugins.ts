import type { PluginSource } from '../../activities/engine/ports.ts';
import type { Engine } from '../../core/contracts/engine.ts';
import type { ActionPlugin, EngineHost, EnginePlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import { nearestHint } from '../../core/nearest.ts';
import { implementations } from '../../plugins/implementations.generated.ts';

export interface Plugins extends PluginSource {
  /** Engines that can be had on this host, made ready. */
  found: { type: string; found: string }[];
  /** Whether there are more by now, as of a daemon that was started after the Worker. */
  lookAgain(): Promise<boolean>;
}

/** Actions that need no command are possible on every Worker. */
const always = 'native';

/**
 * The built-in plugins; the code of an Action is read when it is first wanted. `wanted`: types of Engines, all that the
 * host has where empty; `added`: Actions beside the built-in ones; throws `invalid_request` where one of them cannot be had.
 */
export async function loadPlugins(
  host: EngineHost,
  wanted: readonly string[],
  added: readonly ActionPlugin[] = [],
): Promise<Plugins> {
  const engines = new Map<string, Engine>();
  const found: Plugins['found'] = [];
  const types = Object.keys(implementations).flatMap((name) => name.match(/^engine-(.+)$/)?.[1] ?? []);
  const unknown = wanted.find((type) => !types.includes(type));
  if (unknown !== undefined) {
    const hint = nearestHint(unknown, types);
    throw new PalvellaError('invalid_request', `there is no type of Engine ${JSON.stringify(unknown)}${hint}`);
  }
  /** Takes in those that can be had by now. */
  async function look(): Promise<void> {
    const missing = (wanted.length === 0 ? types : [...new Set([...wanted, always])]).filter(
      (type) => !engines.has(type),
    );
    const plugins = await Promise.all(missing.map((type) => load<EnginePlugin>('engine', type)));
    const probes = await Promise.all(plugins.map((plugin) => plugin.probe()));
    for (const [index, type] of missing.entries()) {
      const probe = probes[index];
      if (probe?.available !== true) {
        if (wanted.length === 0) continue;
        throw new PalvellaError('invalid_request', `the Engine ${type} cannot be had on this host: ${probe?.found}`);
      }
      engines.set(type, await (plugins[index] as EnginePlugin).create(host));
      found.push({ type, found: probe.found });
    }
  }

  await look();
  return {
    found,
    async lookAgain() {
      const before = found.length;
      await look();
      return found.length > before;
    },
    action: async (type) =>
      added.find(({ manifest }) => manifest.id === type) ?? (await load<ActionPlugin>('action', type)),
    async engine(type) {
      const engine = engines.get(type);
      if (engine === undefined) throw new PalvellaError('engine_refused', `this Worker has no Engine of type ${type}`);
      return await Promise.resolve(engine);
    },
    engines: () => Promise.resolve([...engines.values()]),
  };
}

async function load<T>(category: 'action' | 'engine', id: string): Promise<T> {
  const name = `${category}-${id}`;
  if (!Object.hasOwn(implementations, name)) {
    throw new PalvellaError('engine_refused', `this Worker has no plugin for the ${category} ${id}`);
  }
  // The registry is made from the folders, so what it loads is of its folder's category.
  const { plugin } = await implementations[name as keyof typeof implementations]();
  return plugin as unknown as T;
}
