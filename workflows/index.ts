export { pipelinePart } from './pipeline-part.ts';
export { pipelineRun } from './pipeline-run.ts';
