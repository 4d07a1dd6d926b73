import { docker, dockerForTests } from '../support/docker.ts';
import { containersEndToEnd } from './containers.ts';

containersEndToEnd('docker', {
  env: async () => ({ DOCKER_HOST: await dockerForTests() }),
  async left() {
    const host = await dockerForTests();
    const listed = await Promise.all([
      docker(host, 'ps', '-aq', '--filter', 'label=dev.palvella.run'),
      docker(host, 'volume', 'ls', '-q', '--filter', 'label=dev.palvella.run'),
      docker(host, 'network', 'ls', '-q', '--filter', 'label=dev.palvella.run'),
    ]);
    return listed.join('');
  },
});
