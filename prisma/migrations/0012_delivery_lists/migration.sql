-- Each filter of the list of deliveries, in the order in which it is shown.
DROP INDEX "deliveries_state_idx";
CREATE INDEX "deliveries_trigger_id_idx" ON "deliveries"("trigger", "id" DESC);
CREATE INDEX "deliveries_state_id_idx" ON "deliveries"("state", "id" DESC);
-- What was sent stands between many more times of the clock.
CREATE INDEX "deliveries_sent_id_idx" ON "deliveries"("id" DESC) WHERE "source" <> 'schedule';
