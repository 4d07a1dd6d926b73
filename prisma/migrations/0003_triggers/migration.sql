-- What Triggers are sent, what became of it, Jobs that wait for it, and secrets that the server makes.
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "digest" TEXT,
    "event" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "payload" TEXT NOT NULL,
    "sentBy" TEXT NOT NULL,
    "resendOf" UUID,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "delivery_runs" (
    "deliveryId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "pipeline" TEXT NOT NULL,
    "runId" UUID,
    "reason" TEXT,

    CONSTRAINT "delivery_runs_pkey" PRIMARY KEY ("deliveryId","position")
);

CREATE TABLE "trigger_waits" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "jobPath" TEXT NOT NULL,
    "jobAttempt" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "deliveryId" UUID,
    "delivered" BOOLEAN NOT NULL DEFAULT false,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trigger_waits_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "generated_secrets" (
    "definitionId" UUID NOT NULL,
    "property" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "madeBy" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "generated_secrets_pkey" PRIMARY KEY ("definitionId","property")
);

CREATE UNIQUE INDEX "deliveries_trigger_key_key" ON "deliveries"("trigger", "key");
CREATE UNIQUE INDEX "deliveries_trigger_digest_key" ON "deliveries"("trigger", "digest");
CREATE INDEX "deliveries_state_idx" ON "deliveries"("state");
CREATE INDEX "delivery_runs_runId_idx" ON "delivery_runs"("runId");
CREATE UNIQUE INDEX "trigger_waits_runId_jobPath_jobAttempt_action_attempt_key" ON "trigger_waits"("runId", "jobPath", "jobAttempt", "action", "attempt");
CREATE INDEX "trigger_waits_trigger_state_idx" ON "trigger_waits"("trigger", "state");
CREATE INDEX "trigger_waits_deliveryId_idx" ON "trigger_waits"("deliveryId");

ALTER TABLE "delivery_runs" ADD CONSTRAINT "delivery_runs_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "delivery_runs" ADD CONSTRAINT "delivery_runs_runId_fkey" FOREIGN KEY ("runId") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "trigger_waits" ADD CONSTRAINT "trigger_waits_runId_fkey" FOREIGN KEY ("runId") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "generated_secrets" ADD CONSTRAINT "generated_secrets_definitionId_fkey" FOREIGN KEY ("definitionId") REFERENCES "definitions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
