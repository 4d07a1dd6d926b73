import { plugin } from '../../plugins/engine-ecs/index.ts';

export function create(stateFolder: string) {
  return plugin.create({ stateFolder, workerId: 'contract' });
}
