import { plugin } from '../../plugins/engine-docker/index.ts';

export function create(stateFolder: string) {
  return plugin.create({ stateFolder, workerId: 'contract' });
}
