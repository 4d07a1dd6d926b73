-- What an approval is bound to, who may not give it, what is filled in, and who is told of it.
ALTER TABLE "approvals"
  ADD COLUMN "attempt" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "requesters" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "notByRequester" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "fields" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "shows" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "files" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "digest" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "round" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "values" JSONB,
  ADD COLUMN "notify" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "remindEveryMs" BIGINT,
  ADD COLUMN "remindAt" TIMESTAMPTZ(3),
  ADD COLUMN "reminders" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "escalation" JSONB,
  ADD COLUMN "escalateAt" TIMESTAMPTZ(3);
DROP INDEX "approvals_runId_jobPath_jobAttempt_action_key";
CREATE UNIQUE INDEX "approvals_runId_jobPath_jobAttempt_action_attempt_key"
  ON "approvals"("runId", "jobPath", "jobAttempt", "action", "attempt");

ALTER TABLE "decisions"
  ADD COLUMN "round" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "digest" TEXT NOT NULL DEFAULT '';
DROP INDEX "decisions_approvalId_by_key";
CREATE UNIQUE INDEX "decisions_approvalId_round_by_key" ON "decisions"("approvalId", "round", "by");

ALTER TABLE "tokens" ADD COLUMN "roles" TEXT[] NOT NULL DEFAULT '{administrator}';

-- What is to be sent, written with what it tells of; sent afterwards.
CREATE TABLE "notifications" (
  "id" UUID NOT NULL,
  "key" TEXT NOT NULL,
  "runId" UUID NOT NULL,
  "approvalId" UUID,
  "event" TEXT NOT NULL,
  "target" JSONB NOT NULL,
  "detail" JSONB NOT NULL DEFAULT '{}',
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "error" TEXT,
  "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "sentAt" TIMESTAMPTZ(3),
  CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "notifications_key_key" ON "notifications"("key");
CREATE INDEX "notifications_runId_idx" ON "notifications"("runId");
CREATE INDEX "notifications_state_dueAt_idx" ON "notifications"("state", "dueAt");
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_runId_fkey"
  FOREIGN KEY ("runId") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
