export { type Calls, createCalls } from './calls.ts';
export { createDeliveries, type Deliveries } from './deliveries.ts';
export { createHooks, type Hooks } from './hooks.ts';
export { createInbox, type Received } from './inbox.ts';
export { largestPayload, payloadOf } from './payload.ts';
export { createProcessor } from './processor.ts';
export { createTriggerWaits, type TriggerWaits } from './waits.ts';
