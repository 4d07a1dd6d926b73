import { readdirSync, readFileSync } from 'node:fs';
import { absolute, type Measure } from '../figure.ts';

const settleMs = 10_000;

/** Proportional memory of every process of the server and its children, so that shared pages count once. */
const measure: Measure = async ({ server }) => {
  await new Promise((done) => setTimeout(done, settleMs));
  const parts = Object.entries(server.pids()).map(([part, pid]) => {
    const own = part === 'start' ? [pid] : [pid, ...children(pid)];
    return [part, Math.round(own.reduce((sum, one) => sum + proportionalMegabytes(one), 0))] as const;
  });
  const all = parts.reduce((sum, [, megabytes]) => sum + megabytes, 0);
  return [absolute('all processes idle', 'MB', all, 'at most', 800, Object.fromEntries(parts))];
};
export default measure;

function children(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

function proportionalMegabytes(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1000;
}
