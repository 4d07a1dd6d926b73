import { docker, dockerForTests } from '../support/docker.ts';
import { containersEndToEnd } from './containers.ts';

containersEndToEnd('docker', {
  env: async () => ({ DOCKER_HOST: await dockerForTests() }),
  async left(runId) {
    const host = await dockerForTests();
    const listed = await Promise.all([
      docker(host, 'ps', '-aq', '--filter', `label=dev.palvella.run=${runId}`),
      docker(host, 'volume', 'ls', '-q', '--filter', `label=dev.palvella.run=${runId}`),
      docker(host, 'network', 'ls', '-q', '--filter', `label=dev.palvella.run=${runId}`),
    ]);
    return listed.join('');
  },
});
