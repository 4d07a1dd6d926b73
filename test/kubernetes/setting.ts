import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Engine, Exit } from '../../core/contracts/engine.ts';
import type { JobKey } from '../../core/keys.ts';
import { decodeFrames } from '../../core/log-frames.ts';
import { plugin } from '../../plugins/engine-kubernetes/index.ts';
import { manifest } from '../../plugins/engine-kubernetes/manifest.ts';
import { actionOf, commandOf, newJob } from '../contracts/engine-harness.ts';
import { kubectl, kubernetesForTests } from '../support/kubernetes.ts';

export interface Setting {
  engine: Engine;
  kubeconfig: string;
  kubectl(...args: string[]): Promise<string>;
  run(settings: object, command: string, job?: JobKey): Promise<Ran>;
  /** Names of a run's pods. */
  pods(job: JobKey): Promise<string>;
}

export interface Ran {
  exit: Exit;
  stdout: string;
  /** What Palvella said itself. */
  said: string;
  job: JobKey;
}

/** An Engine on the tests' own cluster; all its Jobs are torn down at the end. */
export function kubernetesSetting(): () => Setting {
  let setting: Setting | undefined;
  let folder = '';
  beforeAll(async () => {
    const kubeconfig = await kubernetesForTests();
    process.env['KUBECONFIG'] = kubeconfig;
    folder = await mkdtemp(join(tmpdir(), 'palvella-kubernetes-'));
    const engine = await plugin.create({ stateFolder: folder, workerId: folder });
    setting = {
      engine,
      kubeconfig,
      kubectl: (...args) => kubectl(kubeconfig, ...args),
      run: (settings, command, job = newJob()) => run(engine, settings, command, job),
      pods: ({ runId }) => kubectl(kubeconfig, 'get', 'pods', '-A', '-o', 'name', '-l', `palvella.dev/run=${runId}`),
    };
  });
  afterAll(async () => {
    if (setting === undefined) return;
    const { engine } = setting;
    await Promise.all((await engine.held()).map((job) => engine.teardown(job)));
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (setting === undefined) throw new Error('the cluster is not there yet');
    return setting;
  };
}

let count = 0;

async function run(engine: Engine, given: object, command: string, job: JobKey): Promise<Ran> {
  const settings = manifest.settings.parse({ image: 'alpine:latest', ...given });
  await engine.prepare({ key: job, settings: JSON.parse(JSON.stringify(settings)) });
  count += 1;
  const running = await engine.start(commandOf(actionOf(job, `step-${count}`), command));
  let stdout = '';
  let said = '';
  for await (const { frames } of running.output) {
    for (const { stream, payload } of decodeFrames(frames)) {
      if (stream === 'stdout') stdout += Buffer.from(payload).toString();
      if (stream === 'system') said += Buffer.from(payload).toString();
    }
  }
  return { exit: await running.exit, stdout, said, job };
}
