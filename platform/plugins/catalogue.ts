import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import { type Catalogue, catalogueOf } from '../../core/language/index.ts';

/** The catalogue with these Actions in it. Throws `invalid_request` where two have one id. */
export function withActions(catalogue: Catalogue, plugins: readonly Pick<ActionPlugin, 'manifest'>[]): Catalogue {
  const manifests = [...catalogue.actions.values(), ...plugins.map(({ manifest }) => manifest)];
  const all = catalogueOf(manifests, [...catalogue.engines.values()]);
  if (all.actions.size === manifests.length) return all;
  const twice = manifests.find(({ id }, index) => manifests.findIndex((each) => each.id === id) !== index);
  throw new PalvellaError('invalid_request', `Two Actions are called ${twice?.id}.`, {
    remedy: 'Take one of them out of PALVELLA_PLUGINS.',
  });
}
