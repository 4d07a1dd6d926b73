-- What was given back stays until the keeper was told of it.
ALTER TABLE "holds" ADD COLUMN "told" BOOLEAN NOT NULL DEFAULT true;
