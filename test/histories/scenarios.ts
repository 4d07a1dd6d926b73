import type { Interpreter, Started } from '../workflows/harness.ts';
import { until } from './until.ts';

/** A run whose history is kept for ever: what runs in flight did when the interpreter was as it was then. */
export interface Scenario {
  name: string;
  files: string;
  /** The plan comes with the start. */
  opened?: boolean;
  /** Also of the workflow that decided who had which locks. */
  keeper?: true;
  drive?(started: Started, interpreter: Interpreter): Promise<void>;
}

const job = (name: string, actions: string, more = '') => `  - { name: ${name}, ${more}actions: [${actions}] }`;

export const scenarios: readonly Scenario[] = [
  {
    name: 'graph',
    opened: true,
    files: `name: graph
parameters: [{ name: names, type: list, default: [a, b, c] }]
jobs:
  - name: plan
    actions:
      - { name: out, run: output changed=true }
      - { name: pause, wait: 10m }
      - { name: after, run: exit 0 }
      - { set: { n: 7 } }
  - name: each
    requires: [plan]
    for_each: \${{ pipeline.parameters.names }}
    actions: [{ run: print hello, environ: { NAME: '\${{ job.self.item }}' } }]
  - name: group
    requires: [plan]
    retry: { attempts: 2, delay: 1m }
    jobs:
      - { name: breaks, actions: [{ run: exit 3, retry: { attempts: 2, delay: 5s } }] }
      - { name: handles, requires: [breaks], when: failure, actions: [{ run: exit 0 }] }
  - { name: never, requires: [plan], skip_if: 'job.plan.output.n == 7', actions: [{ run: exit 0 }] }
  - { name: called, requires: [each], pipeline: inner, args: { size: '\${{ job.plan.output.n }}' } }
---
kind: Pipeline
name: inner
parameters: [{ name: size, type: number }]
jobs:
  - { name: small, skip_if: pipeline.parameters.size > 5, actions: [{ run: exit 0 }] }
  - { name: large, timeout: 1h, actions: [{ run: exit 0 }] }
`,
  },
  {
    name: 'approval',
    files: `name: approval
jobs:
  - name: hold
    actions:
      - { name: before, run: exit 0 }
      - approval: { prompt: Go on?, roles: [administrator], timeout: 30d }
      - { name: after, run: exit 0 }
`,
    async drive(started, interpreter) {
      await until(() => interpreter.approvals.size === 1);
      await started.decide('approved', 'fine');
    },
  },
  {
    name: 'expired',
    files: `name: expired\njobs:\n${job('hold', '{ approval: { prompt: Go on?, timeout: 30d } }')}\n`,
  },
  {
    name: 'stopped',
    files: `name: stopped
jobs:
  - { name: hangs, actions: [{ run: hang }] }
  - { name: waits, actions: [{ wait: 30d }] }
  - { name: next, requires: [hangs], actions: [{ run: exit 0 }] }
`,
    async drive(started, interpreter) {
      await until(() => interpreter.executed.length === 1);
      await started.handle.signal('stop', { by: 'local/admin' });
    },
  },
  {
    name: 'timeout',
    files: `name: timeout\njobs:\n${job('slow', '{ wait: 2h }', 'timeout: 1h, ')}\n${job('after', '{ run: exit 0 }', 'requires: [slow], when: always, ')}\n`,
  },
  {
    name: 'trigger-wait',
    files: `name: trigger-wait
jobs:
  - name: hold
    actions:
      - { name: before, run: exit 0 }
      - { name: held, wait: { trigger: released, timeout: 30d } }
      - { name: after, run: exit 0, environ: { VERSION: '\${{ job.current.action.held.output.version }}' } }
  - { name: late, actions: [{ name: held, wait: { trigger: released } }] }
---
kind: Trigger
name: released
rest: {}
`,
    async drive(started, interpreter) {
      await until(() => interpreter.waits.size === 2);
      await started.send({ version: '1.2' });
    },
  },
  {
    name: 'trigger-wait-over',
    files: `name: over\njobs:\n${job('hold', '{ wait: { trigger: t, timeout: 30d } }')}\n---\n{ kind: Trigger, name: t, rest: {} }\n`,
  },
  {
    name: 'parts',
    files: `name: parts\njobs:\n${Array.from({ length: 60 }, (_, at) => job(`j${at}`, Array(18).fill('{ run: exit 0 }').join(', '))).join('\n')}\n`,
  },
  {
    name: 'chain',
    files: `name: chain\nsequence: true\njobs:\n${Array.from({ length: 90 }, (_, at) => job(`j${at}`, Array(18).fill('{ run: exit 0 }').join(', '))).join('\n')}\n`,
  },
  {
    name: 'hooks',
    files: `name: hooks
jobs:
  - { name: again, engine: box, retry: { attempts: 2 }, actions: [{ name: x, run: exit 1 }] }
  - name: each
    requires: [again]
    when: always
    timeout: 1h
    actions: [{ name: x, engine: box, run: exit 0 }, { name: y, engine: van, run: exit 0 }, { wait: 2h }]
  - { name: stays, requires: [each], when: always, engine: van, actions: [{ run: hang }] }
---
{ kind: Engine, name: box, type: local, setup: { job: up, args: { size: 1 } }, teardown: { job: down } }
---
{ kind: Engine, name: van, type: local, setup: { job: up, args: { size: 2 } }, teardown: { job: bad } }
---
kind: Job
name: up
params: [{ name: size, type: number }]
actions: [{ run: 'output environ={"A":1}' }, { set: { size: '\${{ job.self.params.size }}' } }]
---
{ kind: Job, name: down, timeout: 5m, actions: [{ run: exit 0 }] }
---
{ kind: Job, name: bad, actions: [{ run: exit 1 }] }
`,
    async drive(started, interpreter) {
      await until(() => interpreter.executed.includes('stays/run#1'));
      await started.handle.signal('stop', { by: 'local/admin' });
    },
  },
  {
    name: 'locks',
    opened: true,
    keeper: true,
    files: `name: locks
parameters: [{ name: on, type: string, default: prod }]
locks: ['deploy-\${{ pipeline.parameters.on }}']
concurrency: { group: deploys, limit: 2 }
jobs:
  - { name: again, locks: { names: [x, y], by: priority }, retry: { attempts: 2, delay: 1m }, actions: [{ run: exit 1 }] }
  - { name: beside, locks: [y], actions: [{ run: exit 0 }, { wait: 1h }] }
  - { name: each, for_each: [1, 2, 3], concurrency: few, actions: [{ run: exit 0 }] }
  - { name: refused, requires: [each], concurrency: { group: few, when_full: refuse }, actions: [{ run: exit 0 }] }
  - { name: stays, locks: [z], requires: [beside], actions: [{ run: hang }] }
  - { name: waits, locks: [z], requires: [beside], actions: [{ run: exit 0 }] }
`,
    async drive(started, interpreter) {
      await until(() => interpreter.executed.includes('stays/run#1'));
      await started.handle.signal('stop', { by: 'local/admin' });
    },
  },
  {
    name: 'gives-way',
    opened: true,
    keeper: true,
    files: `name: gives-way
concurrency: whole
jobs:
  - { name: a, concurrency: one, actions: [{ run: hang }] }
  - { name: b, requires: [a], when: always, actions: [{ run: hang }] }
---
name: newer
jobs: [{ name: a, concurrency: { group: one, when_full: cancel }, actions: [{ run: exit 0 }] }]
---
name: newest
concurrency: { group: whole, when_full: cancel }
jobs: [{ name: a, actions: [{ run: exit 0 }] }]
`,
    async drive(_, interpreter) {
      await until(() => interpreter.executed.includes('a/run#1'));
      await interpreter.start(this.files, { pipeline: 'newer' });
      await until(() => interpreter.executed.includes('b/run#1'));
      await interpreter.start(this.files, { pipeline: 'newest' });
      await until(() => interpreter.executed.length === 4 && interpreter.holds.size === 0);
    },
  },
  {
    name: 'paused',
    opened: true,
    files: `name: paused
jobs:
  - { name: keeps, actions: [{ run: hang }] }
  - { name: first, actions: [{ run: exit 0 }, { approval: { prompt: Go on? } }] }
  - { name: then, locks: [x], requires: [first], actions: [{ run: exit 0 }] }
  - { name: beside, requires: [first], actions: [{ run: exit 0 }] }
`,
    async drive(started, interpreter) {
      const { handle } = started;
      const waits = (kind: string) => {
        const jobs = interpreter.transitions.flatMap((one) => one.jobs);
        return new Set(jobs.filter(({ wait }) => wait?.kind === kind).map(({ path }) => path)).size;
      };
      await until(() => waits('approval') === 1 && interpreter.executed.includes('keeps/run#1'));
      interpreter.pause(true);
      await handle.signal('pauseChanged');
      await started.decide('approved');
      await until(() => waits('paused') === 2);
      interpreter.pause(false);
      await handle.signal('pauseChanged');
      await until(() => ['then/run#1', 'beside/run#1'].every((one) => interpreter.executed.includes(one)));
      await handle.signal('stop', { by: 'local/admin' });
    },
  },
];
