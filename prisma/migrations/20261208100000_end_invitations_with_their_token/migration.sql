-- An invitation that was made with a token ends with it (decision 68): with which is kept.
ALTER TABLE "invitation" ADD COLUMN "made_with" BIGINT;
CREATE INDEX "invitation_made_with_idx" ON "invitation"("made_with");
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_made_with_fkey" FOREIGN KEY ("made_with") REFERENCES "api_token"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
