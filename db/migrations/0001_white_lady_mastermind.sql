ALTER TABLE "texts" ADD COLUMN "entity_id" text;--> statement-breakpoint
ALTER TABLE "texts" ADD COLUMN "command_id" text;