import { Readable } from 'node:stream';
import type { ApprovalItem, Decision } from '../../core/api/approvals.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Identity } from '../../core/permissions.ts';
import { createSetting, type Setting } from '../api/setting.ts';

/** A run of the Pipeline `held`, and what is asked in it. */
export interface ApprovalSetting extends Setting {
  run(): RunSummary;
  newRun(body?: object): Promise<RunSummary>;
  /** Asks as the approval Action does, with these fields of it. */
  ask(
    terms?: JsonObject,
    more?: { runId?: string; quorum?: number; roles?: string[]; expiresAt?: string },
  ): Promise<ApprovalItem>;
  /** As it is shown to the administrator. */
  item(id: string): Promise<ApprovalItem>;
  decide(item: Pick<ApprovalItem, 'id' | 'digest'>, by: Identity, more?: Partial<Decision>): Promise<ApprovalItem>;
  /** Stores a file as a Job of the run does. */
  store(key: string, text: string): Promise<void>;
}

export const person = (name: string, ...roles: string[]): Identity => ({
  name,
  kind: 'person',
  roles: roles.length === 0 ? ['administrator'] : roles,
});

/** Call it in `beforeAll`, and `newRun` before each test. */
export async function createApprovalSetting(): Promise<ApprovalSetting> {
  const setting = await createSetting({ temporal: true });
  await setting.apply(`kind: Pipeline
name: held
parameters: [{ name: size, type: number, default: 1 }]
jobs: [{ name: a, actions: [{ run: 'true' }] }]
`);
  const { approvals, files } = setting.services;
  let run: RunSummary;
  const item = async (id: string) => (await setting.call<ApprovalItem>('GET', `/approvals/${id}`)).body;
  return {
    ...setting,
    run: () => run,
    newRun: async (body = {}) => {
      run = (await setting.call<RunSummary>('POST', '/pipelines/held/runs', body)).body;
      return run;
    },
    ask: async (terms = {}, more = {}) => {
      const asked = await approvals.ask({
        runId: run.id,
        jobPath: 'a',
        jobAttempt: 1,
        action: 'hold',
        prompt: 'Go on?',
        roles: ['administrator'],
        quorum: 1,
        terms,
        ...more,
      });
      if ('refused' in asked) throw new Error(asked.refused);
      return await item(asked.approvalId);
    },
    item,
    decide: ({ id, digest }, by, more = {}) => approvals.decide(id, by, { verdict: 'approve', digest, ...more }),
    store: (key, text) => files.put({ runId: run.id, key, jobPath: 'plan' }, Readable.from([Buffer.from(text)])),
  };
}
