import { proxySinks } from '@temporalio/workflow';
import type { Status } from '../core/status.ts';
import type { RunContext } from './context.ts';
import { createGate } from './gate.ts';
import type { RunSinks } from './messages.ts';
import { createPace } from './pace.ts';
import { createPause } from './pause.ts';
import { createPlaces } from './places.ts';
import { createRunBook } from './run-book.ts';
import { runGroup } from './run-group.ts';
import { createWindow } from './window.ts';

/** Below Temporal's limit of 2,000 activities that are under way in one workflow. */
const jobsAtOnce = 500;

/** The context of a run or part that has yet to read what it is. */
export function createContext(runId: string, turned: (status: Status) => void): RunContext {
  const { transitions } = proxySinks<RunSinks>();
  const gate = createGate();
  const told = new Set<string>();
  return {
    runId,
    pipeline: '',
    number: 0,
    trigger: {},
    book: createRunBook(runId, (transition) => transitions.publish(transition), turned),
    window: createWindow(jobsAtOnce),
    gate,
    pace: createPace(gate),
    pause: createPause(gate, runId),
    earlier: new Map(),
    texts: new Map(),
    decided: new Set(),
    arrived: new Set(),
    resolved: new Map(),
    told,
    places: createPlaces(told),
    stop: { by: undefined },
    left: undefined,
    parts: undefined,
    runGroup,
  };
}
