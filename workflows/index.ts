export { holdKeeper } from './hold-keeper.ts';
export { pipelinePart } from './pipeline-part.ts';
export { pipelineRun } from './pipeline-run.ts';
export { scheduledStart } from './scheduled-start.ts';
