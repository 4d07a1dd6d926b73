import { plugin } from '../../plugins/engine-kubernetes/index.ts';

export function create(stateFolder: string) {
  return plugin.create({ stateFolder, workerId: 'contract' });
}
