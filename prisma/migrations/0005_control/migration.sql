-- Who has, and who waits for, locks and places in groups.
CREATE TABLE "holds" (
    "id" SERIAL NOT NULL,
    "runId" UUID NOT NULL,
    "jobPath" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "wants" JSONB NOT NULL,
    "keys" TEXT[] NOT NULL,
    "rank" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),
    "heard" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "holds_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "holds_runId_jobPath_key" ON "holds"("runId", "jobPath");

-- Runs that were told that the server is paused.
CREATE TABLE "paused_runs" (
    "runId" UUID NOT NULL,

    CONSTRAINT "paused_runs_pkey" PRIMARY KEY ("runId")
);
