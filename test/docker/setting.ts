import { plugin } from '../../plugins/engine-docker/index.ts';
import { docker, dockerForTests } from '../support/docker.ts';
import { engineSetting } from '../support/engine.ts';

/** An Engine on the tests' own daemon. */
export const dockerSetting = () =>
  engineSetting(plugin, async () => {
    const host = await dockerForTests();
    process.env['DOCKER_HOST'] = host;
    return { host, docker: (...args: string[]) => docker(host, ...args) };
  });
