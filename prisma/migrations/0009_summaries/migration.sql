-- Markdown that Actions wrote of what they did.
CREATE TABLE "summaries" (
    "runId" UUID NOT NULL,
    "jobPath" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "summaries_pkey" PRIMARY KEY ("runId","jobPath","action")
);

-- AddForeignKey
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_runId_fkey" FOREIGN KEY ("runId") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
