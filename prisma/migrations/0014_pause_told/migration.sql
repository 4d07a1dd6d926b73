-- Which pause a run was told of, and how often it looked and found one.
ALTER TABLE "paused_runs" ADD COLUMN "since" TEXT, ADD COLUMN "looks" INTEGER NOT NULL DEFAULT 0;
