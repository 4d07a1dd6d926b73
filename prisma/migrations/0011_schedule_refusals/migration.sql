-- Why Temporal does not take a schedule.
CREATE TABLE "schedule_refusals" (
    "definitionId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "schedule_refusals_pkey" PRIMARY KEY ("definitionId")
);
ALTER TABLE "schedule_refusals" ADD CONSTRAINT "schedule_refusals_definitionId_fkey" FOREIGN KEY ("definitionId") REFERENCES "definitions"("id") ON DELETE CASCADE ON UPDATE CASCADE;
