import { actionManifests, engineManifests } from '../../plugins/manifests.generated.ts';
import type { ActionManifest, EngineManifest } from '../contracts/plugin.ts';

/** The Actions and Engines that files may name, by id. */
export interface Catalogue {
  actions: ReadonlyMap<string, ActionManifest>;
  engines: ReadonlyMap<string, EngineManifest>;
}

export function catalogueOf(actions: readonly ActionManifest[], engines: readonly EngineManifest[]): Catalogue {
  return {
    actions: new Map(actions.map((manifest) => [manifest.id, manifest])),
    engines: new Map(engines.map((manifest) => [manifest.id, manifest])),
  };
}

export const builtInCatalogue = catalogueOf(actionManifests, engineManifests);
