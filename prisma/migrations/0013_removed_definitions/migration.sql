-- The number of the last version that a name had, so that no two contents are one version of it.
CREATE TABLE "removed_definitions" (
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "removed_definitions_pkey" PRIMARY KEY ("kind", "name")
);
