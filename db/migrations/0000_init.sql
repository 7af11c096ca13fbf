CREATE TABLE "http_results" (
	"actor" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"digest" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"created_at" bigint NOT NULL,
	CONSTRAINT "http_results_actor_route_key_pk" PRIMARY KEY("actor","route","key")
);
--> statement-breakpoint
CREATE TABLE "alarms" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"entity_id" text,
	"data" jsonb NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"cleared_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"id" text PRIMARY KEY NOT NULL,
	"entity_id" text NOT NULL,
	"body_hash" text NOT NULL,
	"result" jsonb NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_anchors" (
	"day" date PRIMARY KEY NOT NULL,
	"heads" integer NOT NULL,
	"hash" text NOT NULL,
	"prev_hash" text NOT NULL,
	"written_before" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"key" text NOT NULL,
	"notification_ids" jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "deliveries_state_known" CHECK ("deliveries"."state" in ('waiting', 'sent', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "entities" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"plan_id" text,
	"seq" integer NOT NULL,
	"head_hash" text NOT NULL,
	"state" jsonb NOT NULL,
	"state_hash" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"finished_at" bigint,
	"started_at" timestamp with time zone,
	CONSTRAINT "entities_kind_known" CHECK ("entities"."kind" in ('task', 'sheet', 'evaluation')),
	CONSTRAINT "entities_seq_positive" CHECK ("entities"."seq" > 0)
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"entity_id" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" bigint NOT NULL,
	"by" text NOT NULL,
	"command_id" text NOT NULL,
	"command_index" smallint NOT NULL,
	"data" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_entity_id_seq_pk" PRIMARY KEY("entity_id","seq")
);
--> statement-breakpoint
CREATE TABLE "notification_reads" (
	"notification_id" text NOT NULL,
	"user_id" text NOT NULL,
	"read_at" bigint NOT NULL,
	CONSTRAINT "notification_reads_notification_id_user_id_pk" PRIMARY KEY("notification_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"to_department" text NOT NULL,
	"to_role" text NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL,
	"due_at" bigint NOT NULL,
	"at" bigint NOT NULL,
	"entity_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"op" text NOT NULL,
	"entity_id" text NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "outbox_op_known" CHECK ("outbox"."op" in ('start', 'signal'))
);
--> statement-breakpoint
CREATE TABLE "department_aliases" (
	"alias" text PRIMARY KEY NOT NULL,
	"department_id" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "department_names" (
	"department_id" text NOT NULL,
	"name" text NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint,
	"document_number" text,
	"changed_by" text NOT NULL,
	CONSTRAINT "department_names_department_id_since_pk" PRIMARY KEY("department_id","since")
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"mail" text,
	"merged_into" text,
	"ordinal" integer DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "departments_kind_known" CHECK ("departments"."kind" in ('department', 'group', 'task-force'))
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group_id" text NOT NULL,
	"member_id" text NOT NULL,
	CONSTRAINT "group_members_group_id_member_id_pk" PRIMARY KEY("group_id","member_id"),
	CONSTRAINT "group_members_not_itself" CHECK ("group_members"."group_id" <> "group_members"."member_id")
);
--> statement-breakpoint
CREATE TABLE "login_failures" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"since" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_preferences" (
	"user_id" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"kinds" text[] NOT NULL,
	"quiet_from" text,
	"quiet_until" text,
	CONSTRAINT "mail_preferences_mode_known" CHECK ("mail_preferences"."mode" in ('off', 'digest', 'single')),
	CONSTRAINT "mail_preferences_quiet_whole" CHECK (("mail_preferences"."quiet_from" is null) = ("mail_preferences"."quiet_until" is null))
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"user_id" text NOT NULL,
	"department_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "memberships_user_id_department_id_role_pk" PRIMARY KEY("user_id","department_id","role")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"mail" text,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_years" (
	"revision" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calendar_years_revision_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"year" integer NOT NULL,
	"version" integer NOT NULL,
	"published" boolean NOT NULL,
	"off" jsonb NOT NULL,
	"working" jsonb NOT NULL,
	"source" text NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_departments" (
	"plan_id" text NOT NULL,
	"name" text NOT NULL,
	"department_id" text,
	"proposed_kind" text NOT NULL,
	"basis" text NOT NULL,
	"decided_by" text,
	"decided_at" bigint,
	CONSTRAINT "plan_departments_plan_id_name_pk" PRIMARY KEY("plan_id","name"),
	CONSTRAINT "plan_departments_basis_known" CHECK ("plan_departments"."basis" in ('exact', 'alias', 'proposed', 'chosen')),
	CONSTRAINT "plan_departments_kind_known" CHECK ("plan_departments"."proposed_kind" in ('department', 'group', 'task-force'))
);
--> statement-breakpoint
CREATE TABLE "plan_items" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"content" jsonb NOT NULL,
	"parsed" jsonb,
	"source_line" integer,
	"flags" jsonb NOT NULL,
	"confirmed_deadlines" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" text DEFAULT 'kept' NOT NULL,
	"merged_into" text,
	"corrected_by" text,
	"corrected_at" bigint,
	"confirmed_by" text,
	"confirmed_at" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"task_id" text,
	CONSTRAINT "plan_items_state_known" CHECK ("plan_items"."state" in ('kept', 'removed', 'merged'))
);
--> statement-breakpoint
CREATE TABLE "plan_revisions" (
	"plan_id" text PRIMARY KEY NOT NULL,
	"revises_id" text NOT NULL,
	"document_number" text NOT NULL,
	"difference" jsonb NOT NULL,
	"applied_by" text NOT NULL,
	"applied_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"document_number" text,
	"issued_on" date,
	"horizon_from" date,
	"horizon_to" date,
	"go_live" date,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"source_sha256" text NOT NULL,
	"source_filename" text NOT NULL,
	"source_text" text NOT NULL,
	"goals" jsonb NOT NULL,
	"evaluations" jsonb NOT NULL,
	"problems" jsonb NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" bigint NOT NULL,
	"published_by" text,
	"published_at" bigint,
	"withdrawn_by" text,
	"withdrawn_at" bigint,
	"withdrawn_ground" text,
	CONSTRAINT "plans_status_known" CHECK ("plans"."status" in ('draft', 'published', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"kind" text NOT NULL,
	"version" text NOT NULL,
	"body" jsonb NOT NULL,
	"source" text NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" bigint NOT NULL,
	CONSTRAINT "policies_kind_version_pk" PRIMARY KEY("kind","version")
);
--> statement-breakpoint
CREATE TABLE "task_texts" (
	"task_id" text PRIMARY KEY NOT NULL,
	"plan_id" text,
	"ordinal" integer NOT NULL,
	"path" jsonb NOT NULL,
	"section" text NOT NULL,
	"heading" text NOT NULL,
	"text" text NOT NULL,
	"departments_as_written" jsonb NOT NULL,
	"open_ended" boolean DEFAULT false NOT NULL,
	"deadline_raw" text NOT NULL,
	"repaired" boolean NOT NULL,
	"flags" jsonb NOT NULL,
	"text_deadlines" jsonb NOT NULL,
	"indicators" jsonb NOT NULL,
	"source_line" integer,
	"basis" text
);
--> statement-breakpoint
CREATE TABLE "task_periods" (
	"task_id" text NOT NULL,
	"period" text NOT NULL,
	"ordinal" integer NOT NULL,
	"from_date" date,
	"to_date" date,
	"intake" text NOT NULL,
	"phase" text NOT NULL,
	"original_due" date,
	"due" date,
	"soft" boolean NOT NULL,
	"provisional" boolean NOT NULL,
	"version" integer NOT NULL,
	"overdue_at" bigint,
	"extension_to" date,
	"extension_level" text,
	"extensions" integer NOT NULL,
	"completed_on" date,
	"closed_at" bigint,
	CONSTRAINT "task_periods_task_id_period_pk" PRIMARY KEY("task_id","period")
);
--> statement-breakpoint
CREATE TABLE "task_responsibilities" (
	"task_id" text NOT NULL,
	"department" text NOT NULL,
	"ordinal" integer NOT NULL,
	"part" text NOT NULL,
	"via" text,
	"claimed_at" bigint,
	"disputed_at" bigint,
	"broken_down" boolean NOT NULL,
	"last_report_at" bigint,
	"last_report_status" text,
	"last_report_text" text,
	CONSTRAINT "task_responsibilities_task_id_department_pk" PRIMARY KEY("task_id","department")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"plan_id" text NOT NULL,
	"seq" integer NOT NULL,
	"deadline_kind" text NOT NULL,
	"phase" text NOT NULL,
	"state" text NOT NULL,
	"lateness" text NOT NULL,
	"current_period" text,
	"due" date,
	"original_due" date,
	"provisional" boolean NOT NULL,
	"lead_basis" text NOT NULL,
	"leads" text[] NOT NULL,
	"departments" text[] NOT NULL,
	"verifier" text NOT NULL,
	"periods" integer NOT NULL,
	"periods_closed" integer NOT NULL,
	"unclaimed" integer NOT NULL,
	"disputed" integer NOT NULL,
	"extension_pending" boolean NOT NULL,
	"orders_open" integer NOT NULL,
	"report_status" text,
	"last_report_at" bigint,
	"go_live" date NOT NULL,
	"opened_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"closed_at" bigint,
	CONSTRAINT "tasks_state_known" CHECK (state in ('unclaimed', 'upcoming', 'in-progress', 'department-review', 'awaiting-verification', 'returned', 'awaiting-entry', 'entry-review', 'suspended', 'closed', 'stopped', 'merged', 'withdrawn')),
	CONSTRAINT "tasks_lateness_known" CHECK (lateness in ('none', 'late', 'was-late', 'soft-missed'))
);
--> statement-breakpoint
CREATE TABLE "file_chunks" (
	"file_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "file_chunks_file_id_ordinal_pk" PRIMARY KEY("file_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"by" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "texts" (
	"id" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"kept" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_entity_id_entities_id_fk" FOREIGN KEY ("entity_id") REFERENCES "public"."entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_reads" ADD CONSTRAINT "notification_reads_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_aliases" ADD CONSTRAINT "department_aliases_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_names" ADD CONSTRAINT "department_names_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_departments_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_member_id_departments_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_preferences" ADD CONSTRAINT "mail_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "setup_tokens" ADD CONSTRAINT "setup_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_departments" ADD CONSTRAINT "plan_departments_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_revisions" ADD CONSTRAINT "plan_revisions_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_revisions" ADD CONSTRAINT "plan_revisions_revises_id_plans_id_fk" FOREIGN KEY ("revises_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_texts" ADD CONSTRAINT "task_texts_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_periods" ADD CONSTRAINT "task_periods_task_id_entities_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_responsibilities" ADD CONSTRAINT "task_responsibilities_task_id_entities_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_id_entities_id_fk" FOREIGN KEY ("id") REFERENCES "public"."entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_chunks" ADD CONSTRAINT "file_chunks_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "http_results_age" ON "http_results" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "alarms_key" ON "alarms" USING btree ("key");--> statement-breakpoint
CREATE INDEX "commands_recorded_at" ON "commands" USING btree ("recorded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("user_id","key");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("next_attempt_at") WHERE "deliveries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "entities_plan" ON "entities" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "entities_open" ON "entities" USING btree ("kind","id") WHERE "entities"."finished_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_command_once" ON "ledger" USING btree ("entity_id","command_id","command_index");--> statement-breakpoint
CREATE INDEX "ledger_at" ON "ledger" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_key" ON "notifications" USING btree ("key");--> statement-breakpoint
CREATE INDEX "notifications_mailbox" ON "notifications" USING btree ("to_department","to_role","at");--> statement-breakpoint
CREATE INDEX "notifications_entity" ON "notifications" USING btree ("entity_id");--> statement-breakpoint
CREATE INDEX "notifications_at" ON "notifications" USING btree ("at");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("next_attempt_at","id") WHERE "outbox"."done_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_waiting_entity" ON "outbox" USING btree ("entity_id") WHERE "outbox"."done_at" is null;--> statement-breakpoint
CREATE INDEX "department_aliases_department" ON "department_aliases" USING btree ("department_id");--> statement-breakpoint
CREATE UNIQUE INDEX "departments_name_live" ON "departments" USING btree ("name") WHERE "departments"."active";--> statement-breakpoint
CREATE INDEX "memberships_mailbox" ON "memberships" USING btree ("department_id","role");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_name" ON "users" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_years_year_version" ON "calendar_years" USING btree ("year","version");--> statement-breakpoint
CREATE INDEX "plan_items_plan" ON "plan_items" USING btree ("plan_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_source_sha256_live" ON "plans" USING btree ("source_sha256") WHERE "plans"."status" <> 'withdrawn';--> statement-breakpoint
CREATE INDEX "plans_status" ON "plans" USING btree ("status","imported_at");--> statement-breakpoint
CREATE INDEX "policies_newest" ON "policies" USING btree ("kind","entered_at");--> statement-breakpoint
CREATE INDEX "task_texts_plan" ON "task_texts" USING btree ("plan_id","ordinal");--> statement-breakpoint
CREATE INDEX "task_periods_due" ON "task_periods" USING btree ("due");--> statement-breakpoint
CREATE INDEX "task_periods_phase" ON "task_periods" USING btree ("phase");--> statement-breakpoint
CREATE INDEX "task_responsibilities_department" ON "task_responsibilities" USING btree ("department","task_id");--> statement-breakpoint
CREATE INDEX "tasks_plan" ON "tasks" USING btree ("plan_id","id");--> statement-breakpoint
CREATE INDEX "tasks_due" ON "tasks" USING btree ("due","id");--> statement-breakpoint
CREATE INDEX "tasks_state" ON "tasks" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "tasks_lateness" ON "tasks" USING btree ("lateness","id");--> statement-breakpoint
CREATE INDEX "tasks_updated" ON "tasks" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "tasks_departments" ON "tasks" USING gin ("departments");--> statement-breakpoint
CREATE INDEX "files_sha256" ON "files" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "texts_unkept" ON "texts" USING btree ("created_at") WHERE not "texts"."kept";