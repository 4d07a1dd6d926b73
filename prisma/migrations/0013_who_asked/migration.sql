-- Who had a schedule start beside its own times: its deliveries are theirs.
CREATE TABLE "schedule_asks" (
    "id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_asks_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "schedule_asks_trigger_askedAt_idx" ON "schedule_asks"("trigger", "askedAt");
