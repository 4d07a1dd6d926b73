-- How many times of each schedule have started a run, which is too much to count whenever somebody looks.
CREATE TABLE "schedule_starts" (
    "trigger" TEXT NOT NULL,
    "started" INTEGER NOT NULL,
    "lastRunId" UUID,

    CONSTRAINT "schedule_starts_pkey" PRIMARY KEY ("trigger")
);

INSERT INTO "schedule_starts" ("trigger", "started", "lastRunId")
SELECT d."trigger", count(DISTINCT d."id"), (array_agg(r."runId" ORDER BY d."id" DESC, r."position"))[1]
FROM "deliveries" d JOIN "delivery_runs" r ON r."deliveryId" = d."id"
WHERE d."source" = 'schedule' AND r."runId" IS NOT NULL
GROUP BY d."trigger";
