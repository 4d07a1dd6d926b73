interface Box {
  up?: string;
  /** More fields of the Job that sets up. */
  upMore?: string;
  down?: string;
  /** More fields of the Job that tears down. */
  downMore?: string;
}

const mount = `{ name: mount, run: 'output environ={"KEY":"k","SIZE":3}' }`;
const unmount = '{ name: unmount, run: exit 0 }';

/** The Engine `box` with the Jobs that set it up and tear it down. */
export const box = ({ up = mount, upMore = '', down = unmount, downMore = '' }: Box = {}) => `---
kind: Engine
name: box
type: local
environ: { A: engine }
setup: { job: up, args: { size: 3 } }
teardown: { job: down }
---
kind: Job
name: up
params: [{ name: size, type: number }]
${upMore}
actions: [${up}]
---
kind: Job
name: down
${downMore}
actions: [${down}]
`;
export const onePipeline = (jobs: string) => `name: p\njobs:\n${jobs}\n`;
/** A Pipeline of the one Job `a` on `box`. */
export const one = (actions: string, more = '') =>
  onePipeline(`  - { name: a, engine: box, ${more}actions: [${actions}] }`);
