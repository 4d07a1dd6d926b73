-- CreateTable
CREATE TABLE "tokens" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "hello" JSONB NOT NULL,
    "running" INTEGER NOT NULL DEFAULT 0,
    "stopping" BOOLEAN NOT NULL DEFAULT false,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requirement_queues" (
    "queue" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "requires" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "requirement_queues_pkey" PRIMARY KEY ("queue")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "who" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "definitions" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "definitions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "definition_versions" (
    "definitionId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "planId" TEXT,
    "author" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "definition_versions_pkey" PRIMARY KEY ("definitionId","version")
);

-- CreateTable
CREATE TABLE "plans" (
    "id" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "logs" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "runId" UUID NOT NULL,
    "jobPath" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "rawOffset" BIGINT NOT NULL DEFAULT 0,
    "lines" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "tail" SMALLINT NOT NULL DEFAULT -1,
    "ahead" BOOLEAN NOT NULL DEFAULT false,
    "closedAt" TIMESTAMPTZ(3),
    "blob" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_chunks" (
    "logId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "end" BIGINT NOT NULL,
    "opens" SMALLINT NOT NULL,
    "tail" SMALLINT NOT NULL,
    "lines" INTEGER NOT NULL,
    "firstLine" BIGINT,
    "at" BIGINT,
    "joins" BOOLEAN NOT NULL DEFAULT false,
    "frames" BYTEA NOT NULL,

    CONSTRAINT "log_chunks_pkey" PRIMARY KEY ("logId","seq")
);

-- Compressing what is compacted a moment later costs more than it saves.
ALTER TABLE "log_chunks" ALTER COLUMN "frames" SET STORAGE EXTERNAL;

-- CreateTable
CREATE TABLE "run_counters" (
    "pipeline" TEXT NOT NULL,
    "next" INTEGER NOT NULL,

    CONSTRAINT "run_counters_pkey" PRIMARY KEY ("pipeline")
);

-- CreateTable
CREATE TABLE "runs" (
    "id" UUID NOT NULL,
    "pipeline" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "planId" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "trigger" JSONB NOT NULL DEFAULT '{}',
    "startedBy" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "reason" TEXT,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "submitted" BOOLEAN NOT NULL DEFAULT false,
    "retryOfId" UUID,
    "idempotencyKey" TEXT,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_runs" (
    "runId" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "job_runs_pkey" PRIMARY KEY ("runId","path")
);

-- CreateTable
CREATE TABLE "action_runs" (
    "runId" UUID NOT NULL,
    "jobPath" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "jobAttempt" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "action_runs_pkey" PRIMARY KEY ("runId","jobPath","name")
);

-- CreateTable
CREATE TABLE "claims" (
    "runId" UUID NOT NULL,
    "jobPath" TEXT NOT NULL,
    "jobAttempt" INTEGER NOT NULL,
    "workerId" TEXT NOT NULL,
    "claimedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("runId","jobPath","jobAttempt")
);

-- CreateTable
CREATE TABLE "approvals" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "jobPath" TEXT NOT NULL,
    "jobAttempt" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "roles" TEXT[],
    "quorum" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" UUID NOT NULL,
    "approvalId" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "comment" TEXT,
    "delivered" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stored_files" (
    "runId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "jobPath" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "blob" TEXT NOT NULL,
    "storedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stored_files_pkey" PRIMARY KEY ("runId","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "tokens_hash_key" ON "tokens"("hash");

-- CreateIndex
CREATE INDEX "audit_entries_at_idx" ON "audit_entries"("at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "definitions_kind_name_key" ON "definitions"("kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "logs_key_key" ON "logs"("key");

-- CreateIndex
CREATE INDEX "logs_runId_jobPath_action_idx" ON "logs"("runId", "jobPath", "action");

-- What the sweep that compacts logs looks for, which is nearly always nothing.
CREATE INDEX "logs_pending_idx" ON "logs"("createdAt") WHERE "blob" IS NULL AND ("closedAt" IS NULL OR "bytes" >= 65536);

-- CreateIndex
CREATE INDEX "log_chunks_logId_firstLine_idx" ON "log_chunks"("logId", "firstLine");

-- CreateIndex
CREATE UNIQUE INDEX "runs_idempotencyKey_key" ON "runs"("idempotencyKey");

-- CreateIndex
CREATE INDEX "runs_queuedAt_idx" ON "runs"("queuedAt" DESC);

-- CreateIndex
CREATE INDEX "runs_status_idx" ON "runs"("status");

-- CreateIndex
CREATE UNIQUE INDEX "runs_pipeline_number_key" ON "runs"("pipeline", "number");

-- CreateIndex
CREATE INDEX "claims_workerId_idx" ON "claims"("workerId");

-- CreateIndex
CREATE INDEX "approvals_state_idx" ON "approvals"("state");

-- CreateIndex
CREATE UNIQUE INDEX "approvals_runId_jobPath_jobAttempt_action_key" ON "approvals"("runId", "jobPath", "jobAttempt", "action");

-- CreateIndex
CREATE INDEX "decisions_delivered_idx" ON "decisions"("delivered");

-- CreateIndex
CREATE UNIQUE INDEX "decisions_approvalId_by_key" ON "decisions"("approvalId", "by");

-- AddForeignKey
ALTER TABLE "definition_versions" ADD CONSTRAINT "definition_versions_definitionId_fkey" FOREIGN KEY ("definitionId") REFERENCES "definitions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_chunks" ADD CONSTRAINT "log_chunks_logId_fkey" FOREIGN KEY ("logId") REFERENCES "logs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_planId_fkey" FOREIGN KEY ("planId") REFERENCES "plans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_retryOfId_fkey" FOREIGN KEY ("retryOfId") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_runs" ADD CONSTRAINT "job_runs_runId_fkey" FOREIGN KEY ("runId") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_runs" ADD CONSTRAINT "action_runs_runId_jobPath_fkey" FOREIGN KEY ("runId", "jobPath") REFERENCES "job_runs"("runId", "path") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_runId_fkey" FOREIGN KEY ("runId") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_approvalId_fkey" FOREIGN KEY ("approvalId") REFERENCES "approvals"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stored_files" ADD CONSTRAINT "stored_files_runId_fkey" FOREIGN KEY ("runId") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
