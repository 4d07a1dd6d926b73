-- Which definition names which other one, and which versions of those a run executed.
CREATE TABLE "definition_uses" (
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "definition_uses_pkey" PRIMARY KEY ("userId","kind","name")
);
CREATE INDEX "definition_uses_kind_name_idx" ON "definition_uses"("kind", "name");
ALTER TABLE "definition_uses" ADD CONSTRAINT "definition_uses_userId_fkey" FOREIGN KEY ("userId") REFERENCES "definitions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "definition_versions" ADD COLUMN "uses" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "runs" ADD COLUMN "uses" JSONB NOT NULL DEFAULT '[]';

-- What is saved already: it may take an argument for a call, until it is saved again.
INSERT INTO "definition_uses" ("userId", "kind", "name")
SELECT DISTINCT d."id", t."kind", t."name"
FROM "definitions" d
JOIN "definition_versions" v ON v."definitionId" = d."id" AND v."version" = d."version"
CROSS JOIN LATERAL (
    SELECT jsonb_path_query(v."spec", 'lax $.**.job') #>> '{}' AS "name", 'Job' AS "kind"
    UNION ALL SELECT jsonb_path_query(v."spec", 'lax $.**.pipeline') #>> '{}', 'Pipeline'
    UNION ALL SELECT jsonb_path_query(v."spec", 'lax $.**.engine') #>> '{}', 'Engine'
    UNION ALL SELECT jsonb_path_query(v."spec", 'lax $.**.actions[*].keyvalue()') ->> 'key', 'Action'
) r
JOIN "definitions" t ON t."kind" = r."kind" AND t."name" = r."name";
