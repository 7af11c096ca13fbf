CREATE TABLE "sheet_drafts" (
	"sheet_id" text NOT NULL,
	"month" text NOT NULL,
	"version" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" bigint NOT NULL,
	CONSTRAINT "sheet_drafts_sheet_id_month_pk" PRIMARY KEY("sheet_id","month")
);
--> statement-breakpoint
CREATE TABLE "sheet_months" (
	"sheet_id" text NOT NULL,
	"month" text NOT NULL,
	"plan_id" text NOT NULL,
	"department" text NOT NULL,
	"phase" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"due_on" date NOT NULL,
	"owed" text[] NOT NULL,
	"submitted_at" bigint,
	"submitted_by" text,
	"approved_at" bigint,
	"overdue_at" bigint,
	CONSTRAINT "sheet_months_sheet_id_month_pk" PRIMARY KEY("sheet_id","month"),
	CONSTRAINT "sheet_months_phase_known" CHECK (phase in ('requested', 'submitted', 'approved', 'not-owed'))
);
--> statement-breakpoint
ALTER TABLE "sheet_months" ADD CONSTRAINT "sheet_months_sheet_id_entities_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sheet_months_plan" ON "sheet_months" USING btree ("plan_id","month");--> statement-breakpoint
CREATE INDEX "sheet_months_department" ON "sheet_months" USING btree ("department","month");--> statement-breakpoint
CREATE INDEX "sheet_months_month" ON "sheet_months" USING btree ("month","sheet_id");