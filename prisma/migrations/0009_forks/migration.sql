-- Runs that go on from a Job of another, and parameters that are shown to nobody.
ALTER TABLE "runs"
  ADD COLUMN "forkOfId" UUID,
  ADD COLUMN "forkFrom" TEXT,
  ADD COLUMN "secretParameters" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

UPDATE "runs" r SET "secretParameters" = s.names
FROM (
  SELECT p.id, array_agg(param->>'name') AS names
  FROM "plans" p CROSS JOIN LATERAL jsonb_array_elements(p.body->'parameters') param
  WHERE param->>'secret' = 'true' GROUP BY p.id
) s WHERE s.id = r."planId";

-- CreateIndex
CREATE INDEX "runs_retryOfId_idx" ON "runs"("retryOfId");

-- CreateIndex
CREATE INDEX "runs_forkOfId_idx" ON "runs"("forkOfId");

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_forkOfId_fkey" FOREIGN KEY ("forkOfId") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;
