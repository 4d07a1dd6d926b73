-- The newest of each source: so nobody reads past the ticks of schedules, nor past whatever else there is more of.
DROP INDEX "deliveries_sent_id_idx";
CREATE INDEX "deliveries_source_id_idx" ON "deliveries"("source", "id" DESC);
