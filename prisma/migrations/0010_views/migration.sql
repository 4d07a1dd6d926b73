-- Each filter of the list of runs, in the order in which it is shown.
DROP INDEX "runs_queuedAt_idx";
DROP INDEX "runs_status_idx";
CREATE INDEX "runs_queuedAt_id_idx" ON "runs"("queuedAt" DESC, "id" DESC);
CREATE INDEX "runs_status_queuedAt_id_idx" ON "runs"("status", "queuedAt" DESC, "id" DESC);
CREATE INDEX "runs_pipeline_queuedAt_id_idx" ON "runs"("pipeline", "queuedAt" DESC, "id" DESC);
CREATE INDEX "runs_startedBy_queuedAt_id_idx" ON "runs"("startedBy", "queuedAt" DESC, "id" DESC);
