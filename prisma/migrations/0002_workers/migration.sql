-- Which runs are served first, and Workers that take nothing new.
ALTER TABLE "runs" ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 3;

ALTER TABLE "workers" ADD COLUMN "draining" BOOLEAN NOT NULL DEFAULT false;
