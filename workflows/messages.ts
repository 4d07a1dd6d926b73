import { defineQuery, defineSignal, type Sinks } from '@temporalio/workflow';
import type { RunState, Transition } from '../core/run-state.ts';

/** What can be said to a run from outside. Temporal's word alone is a hint: what counts is read in PostgreSQL. */
export const stopSignal = defineSignal<[{ by: string }]>('stop');
export const approvalDecidedSignal = defineSignal<[{ approvalId: string }]>('approvalDecided');
export const triggerSentSignal = defineSignal<[{ waitId: string }]>('triggerSent');
export const resolveLostSignal = defineSignal<[LostDecision]>('resolveLost');
/** The server was paused, or goes on. */
export const pauseChangedSignal = defineSignal('pauseChanged');
/** To the keeper: ids of what was asked for or given back. */
export const holdsChangedSignal = defineSignal<[number[]]>('holdsChanged');
/** To whoever asked, by the path of its Job; empty for the run. */
export const holdSettledSignal = defineSignal<[{ job: string }]>('holdSettled');
/** To whoever has something, by the path of its Job, empty for the run: one that is newer takes its place. `id`: of the hold. */
export const giveWaySignal = defineSignal<[GiveWay]>('giveWay');
export const stateQuery = defineQuery<RunState>('state');

/** What a person says of an Action whose Worker is gone for good. */
export interface LostDecision {
  /** Path of the Job. */
  job: string;
  decision: 'repeat' | 'done' | 'fail';
  by: string;
  /** Which Action of which attempt of the Job it is about; absent in what was said to servers of old. */
  action?: string;
  attempt?: number;
}

export interface GiveWay {
  job: string;
  id: number;
  reason: string;
}

/** Each numbered change goes out here, without an event in the history. A call may be lost: see the reconciler. */
export interface RunSinks extends Sinks {
  transitions: { publish(transition: Transition): void };
}
