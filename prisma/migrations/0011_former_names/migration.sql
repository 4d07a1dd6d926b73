-- What a definition was called before: its runs keep the name that they ran under.
ALTER TABLE "definitions" ADD COLUMN "formerNames" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
