-- The whole of Headwater's record. The tables below are as Prisma writes them from prisma/schema; what it cannot
-- say stands before and after them: two functions of time, indexes, checks, and the triggers by which the
-- database itself refuses what LINEAGE forbids, whoever asks.
--
-- What is refused by a trigger carries one of these codes (api/src/platform/database-error.ts names them):
--   HW001  an edge from a node to itself
--   HW002  an edge of a kind that may not join these kinds of nodes
--   HW003  an amount that is negative, infinite or not a number, or that has no unit; epochs likewise
--   HW004  shares that sum past 1, or amounts past the stated total, beyond the rounding of 0.001
--   HW005  a change to a recorded row
--   HW006  a deletion or truncation of recorded rows
--   HW007  a second retraction
--   HW008  a cycle; DETAIL is a JSON array of node ids, each depending on the next, the last on the first
--   HW009  an edge onto an existing node outside READ COMMITTED, where a cycle could not be seen
--   HW010  an edge that refers to nothing, or to a composition of another node
--   HW011  a row of a kind's own table for a node of another kind

-- The moment of everything that this transaction records or retracts: one, whole milliseconds, its own clock's.
--
-- Why nothing appears later in an answer about the past. A writer first takes a shared advisory lock whose key is
-- the present millisecond k, only then reads the clock again for its moment r, and r >= k. The lock is kept until
-- the transaction has ended and is visible to every later snapshot. A reader (certain_moment, below) first reads
-- the clock c, then the smallest key L held, and answers m = least(c, L) - 1. Take a writer with r <= m.
--   Its lock was held when the reader looked: then L <= k <= r <= m <= L - 1, which cannot be.
--   It was not yet taken: then r was read after c, so r >= c > m, which cannot be.
--   It was released: then the writer has ended, and a statement that begins after the reader's sees its rows.
-- So whoever calls certain_moment() in a statement of its own, and reads in a later one under READ COMMITTED, has
-- everything recorded up to m. This rests on the server's clock not being set back.
-- Keys of advisory locks above 1.6e12 in the form of one bigint belong to this; all others use two integers.
create function recording_moment() returns timestamptz language plpgsql volatile as $$
declare
  kept text := current_setting('headwater.moment', true);
  transaction text := pg_current_xact_id()::text;
  key bigint;
  moment bigint;
begin
  -- The transaction's id keeps a value set from outside, or left by an earlier transaction, from being believed.
  if kept like transaction || ':%' then
    moment := split_part(kept, ':', 2)::bigint;
  else
    key := floor(extract(epoch from clock_timestamp()) * 1000);
    perform pg_advisory_xact_lock_shared(key);
    moment := greatest(key, floor(extract(epoch from clock_timestamp()) * 1000));
    perform set_config('headwater.moment', transaction || ':' || moment, true);
  end if;
  return timestamptz 'epoch' + moment * interval '1 millisecond';
end $$;

-- The latest moment of which all is known: see above. Call it in a statement of its own, before reading.
create function certain_moment() returns timestamptz language plpgsql volatile as $$
declare
  clock bigint := floor(extract(epoch from clock_timestamp()) * 1000);
  in_flight bigint;
begin
  select min((l.classid::bigint << 32) | l.objid::bigint) into in_flight
  from pg_locks l
  where l.locktype = 'advisory' and l.objsubid = 1
    and l.database = (select d.oid from pg_database d where d.datname = current_database())
    and ((l.classid::bigint << 32) | l.objid::bigint) > 1600000000000;
  return timestamptz 'epoch' + (least(clock, in_flight) - 1) * interval '1 millisecond';
end $$;

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('PERSON', 'SERVICE', 'SYSTEM');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('VIEWER', 'REPORTER', 'INVESTIGATOR', 'AUDITOR', 'ADMINISTRATOR');

-- CreateEnum
CREATE TYPE "visibility" AS ENUM ('PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED');

-- CreateEnum
CREATE TYPE "transformation_effect" AS ENUM ('PRESERVES', 'SELECTS', 'REWRITES', 'GENERATES', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "content_measurement_method" AS ENUM ('CENSUS', 'LABELLED_SAMPLE', 'CLASSIFIER_KNOWN_ERROR', 'CLASSIFIER', 'ESTIMATE');

-- CreateEnum
CREATE TYPE "eval_run_status" AS ENUM ('STARTED', 'SUCCESS', 'CANCELLED', 'ERROR', 'KILLED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "grader_kind" AS ENUM ('MODEL', 'CLASSIFIER', 'STRING_MATCH', 'HUMAN', 'COMBINED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "qualifier" AS ENUM ('EXACT', 'APPROXIMATE', 'AT_MOST', 'AT_LEAST');

-- CreateEnum
CREATE TYPE "incident_setting" AS ENUM ('SAFETY_TEST', 'RED_TEAM', 'DEPLOYMENT', 'TRAINING');

-- CreateEnum
CREATE TYPE "severity" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL');

-- CreateEnum
CREATE TYPE "incident_status" AS ENUM ('DRAFT', 'SUBMITTED', 'TRIAGED', 'INVESTIGATING', 'MITIGATED', 'RESOLVED', 'CLOSED', 'DUPLICATE', 'REJECTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "evidence_kind" AS ENUM ('TRANSCRIPT', 'FILE', 'QUOTATION', 'EVAL_SAMPLE');

-- CreateEnum
CREATE TYPE "sensitivity" AS ENUM ('NONE', 'SENSITIVE', 'HAZARDOUS');

-- CreateEnum
CREATE TYPE "suspect_kind" AS ENUM ('SOURCE', 'DATASET_VERSION', 'TRAINING_RUN', 'CONTENT_TAG');

-- CreateEnum
CREATE TYPE "import_status" AS ENUM ('RUNNING', 'SUCCEEDED', 'FAILED');

-- CreateEnum
CREATE TYPE "hypothesis_status" AS ENUM ('OPEN', 'SUPPORTED', 'REFUTED', 'ABANDONED');

-- CreateEnum
CREATE TYPE "evidence_direction" AS ENUM ('SUPPORTS', 'REFUTES', 'NEUTRAL');

-- CreateEnum
CREATE TYPE "evidence_method" AS ENUM ('INFLUENCE_FUNCTION', 'ABLATION', 'MIXING_EXPERIMENT', 'VERBATIM_MATCH', 'PROBE', 'EXPERT_JUDGEMENT', 'EVALUATION', 'OTHER');

-- CreateEnum
CREATE TYPE "intervention_outcome" AS ENUM ('EFFECTIVE', 'PARTIAL', 'NULL_RESULT', 'HARMFUL', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "node_kind" AS ENUM ('SOURCE', 'DATASET_VERSION', 'TRANSFORMATION', 'TRAINING_RUN', 'MODEL_VERSION', 'EVAL_RUN', 'INCIDENT');

-- CreateEnum
CREATE TYPE "edge_kind" AS ENUM ('GENERATED_BY', 'USED', 'DERIVED_FROM', 'INITIALIZED_FROM', 'SYNTHESIZED_BY', 'DISTILLED_FROM', 'REWARDED_BY', 'REVISES', 'EVALUATED', 'OBSERVED_IN', 'EXHIBITED_BY', 'TESTED_ON', 'JUDGED_BY');

-- CreateEnum
CREATE TYPE "edge_group" AS ENUM ('DATA', 'INFLUENCE', 'REVISION', 'OBSERVATION', 'EVALUATION');

-- CreateEnum
CREATE TYPE "amount_unit" AS ENUM ('FRACTION', 'TOKENS', 'ROWS', 'DOCUMENTS', 'BYTES');

-- CreateEnum
CREATE TYPE "amount_basis" AS ENUM ('CONTRIBUTED', 'READ');

-- CreateEnum
CREATE TYPE "claim_property" AS ENUM ('TOKENS', 'ROWS', 'DOCUMENTS', 'BYTES', 'LICENSE', 'RELEASED_AT', 'TITLE', 'DESCRIPTION', 'URL', 'TRAINED_TOKENS', 'PARAMETERS');

-- CreateEnum
CREATE TYPE "certainty" AS ENUM ('PRIMARY', 'SECONDARY', 'DERIVED');

-- CreateEnum
CREATE TYPE "training_stage" AS ENUM ('PRETRAINING', 'MIDTRAINING', 'SFT', 'PREFERENCE', 'RL', 'DISTILLATION', 'MERGE', 'OTHER');

-- CreateEnum
CREATE TYPE "started_from" AS ENUM ('SCRATCH', 'MODEL', 'UNKNOWN');

-- CreateTable
CREATE TABLE "actor" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "kind" "actor_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "role" "role" NOT NULL DEFAULT 'VIEWER',
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("team_id","actor_id")
);

-- CreateTable
CREATE TABLE "credential" (
    "actor_id" BIGINT NOT NULL,
    "cost" INTEGER NOT NULL,
    "block_size" INTEGER NOT NULL,
    "parallelization" INTEGER NOT NULL,
    "salt" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("actor_id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "handle_digest" BYTEA NOT NULL,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "global_id_key" BYTEA NOT NULL,
    "token_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seeded_at" TIMESTAMPTZ(3),
    "seed_declined_at" TIMESTAMPTZ(3),

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "actor_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "body_digest" BYTEA NOT NULL,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("actor_id","key")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "type" TEXT NOT NULL,
    "node_id" BIGINT,
    "subject_type" TEXT,
    "subject_id" BIGINT,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "node_id" BIGINT NOT NULL,
    "title" TEXT,
    "description" TEXT,
    "url" TEXT,

    CONSTRAINT "source_pkey" PRIMARY KEY ("node_id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "title" TEXT,
    "description" TEXT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_version" (
    "node_id" BIGINT NOT NULL,
    "dataset_id" BIGINT NOT NULL,

    CONSTRAINT "dataset_version_pkey" PRIMARY KEY ("node_id")
);

-- CreateTable
CREATE TABLE "transformation" (
    "node_id" BIGINT NOT NULL,
    "effect" "transformation_effect" NOT NULL DEFAULT 'UNKNOWN',
    "code" TEXT,
    "config" JSONB,
    "occurred_at" TIMESTAMPTZ(3),

    CONSTRAINT "transformation_pkey" PRIMARY KEY ("node_id")
);

-- CreateTable
CREATE TABLE "content_tag" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "description" TEXT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "content_tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_measurement" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "dataset_version_id" BIGINT NOT NULL,
    "content_tag_id" BIGINT NOT NULL,
    "fraction" DOUBLE PRECISION NOT NULL,
    "lower" DOUBLE PRECISION,
    "upper" DOUBLE PRECISION,
    "level" DOUBLE PRECISION,
    "unit" "amount_unit" NOT NULL,
    "method" "content_measurement_method" NOT NULL,
    "method_version" TEXT,
    "sample_size" INTEGER,
    "measured_at" TIMESTAMPTZ(3),
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "content_measurement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "behavior" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "parent_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "behavior_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "taxonomy_mapping" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "behavior_id" BIGINT NOT NULL,
    "taxonomy" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "label" TEXT,
    "url" TEXT,

    CONSTRAINT "taxonomy_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standard" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "standard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standard_version" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "standard_id" BIGINT NOT NULL,
    "version" TEXT NOT NULL,
    "text" TEXT,
    "url" TEXT,
    "authors" TEXT[],
    "published_at" TIMESTAMPTZ(3),
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "standard_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standard_approval" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "standard_version_id" BIGINT NOT NULL,
    "by_name" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "comment" TEXT,
    "at" TIMESTAMPTZ(3),
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "standard_approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grader" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "title" TEXT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grader_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grader_version" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "grader_id" BIGINT NOT NULL,
    "version" TEXT NOT NULL,
    "kind" "grader_kind" NOT NULL,
    "prompt" TEXT,
    "parser" TEXT,
    "model_version_id" BIGINT,
    "owner" TEXT,
    "approved_by" TEXT,
    "standard_version_id" BIGINT,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grader_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evaluation" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "title" TEXT,
    "description" TEXT,
    "url" TEXT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evaluation_version" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "evaluation_id" BIGINT NOT NULL,
    "version" TEXT NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evaluation_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "condition" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "evaluation_version_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "factors" JSONB NOT NULL DEFAULT '{}',
    "description" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "condition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "eval_run" (
    "node_id" BIGINT NOT NULL,
    "evaluation_version_id" BIGINT NOT NULL,
    "status" "eval_run_status" NOT NULL DEFAULT 'UNKNOWN',
    "started_at" TIMESTAMPTZ(3),
    "epochs" INTEGER,
    "sample_count" INTEGER,
    "samples_declared" INTEGER,
    "import_id" BIGINT,
    "metadata" JSONB,

    CONSTRAINT "eval_run_pkey" PRIMARY KEY ("node_id")
);

-- CreateTable
CREATE TABLE "eval_sample" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "eval_run_id" BIGINT NOT NULL,
    "sample_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "input" TEXT,
    "target" TEXT,
    "scores" JSONB NOT NULL DEFAULT '{}',
    "outcomes" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "limit_reached" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "eval_sample_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "measurement" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "eval_run_id" BIGINT NOT NULL,
    "behavior_id" BIGINT NOT NULL,
    "condition_id" BIGINT,
    "grader_version_id" BIGINT,
    "exhibited" INTEGER,
    "not_exhibited" INTEGER,
    "unscored" INTEGER,
    "grader_errors" INTEGER,
    "excluded" INTEGER,
    "sample_count" INTEGER,
    "rate" DOUBLE PRECISION,
    "standard_error" DOUBLE PRECISION,
    "qualifier" "qualifier" NOT NULL DEFAULT 'EXACT',
    "epochs" INTEGER,
    "clusters" INTEGER,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "measurement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "eval_run_id" BIGINT NOT NULL,
    "metric" TEXT NOT NULL,
    "value" DOUBLE PRECISION,
    "standard_error" DOUBLE PRECISION,
    "sample_count" INTEGER,
    "unscored" INTEGER,
    "higher_is_better" BOOLEAN,
    "condition_id" BIGINT,
    "grader_version_id" BIGINT,
    "note" TEXT,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "score_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reported_result" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "incident_id" BIGINT,
    "statement" TEXT NOT NULL,
    "value" DOUBLE PRECISION,
    "lower" DOUBLE PRECISION,
    "upper" DOUBLE PRECISION,
    "unit" TEXT,
    "qualifier" "qualifier" NOT NULL DEFAULT 'EXACT',
    "behavior_id" BIGINT,
    "model_version_id" BIGINT,
    "subject" TEXT,
    "citation_id" BIGINT NOT NULL,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "reported_result_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "node_id" BIGINT NOT NULL,
    "key" TEXT,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "setting" "incident_setting" NOT NULL,
    "severity" "severity" NOT NULL,
    "status" "incident_status" NOT NULL DEFAULT 'DRAFT',
    "occurred_at" TIMESTAMPTZ(3),
    "submitted_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "duplicate_of" BIGINT,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("node_id")
);

-- CreateTable
CREATE TABLE "incident_behavior" (
    "incident_id" BIGINT NOT NULL,
    "behavior_id" BIGINT NOT NULL,

    CONSTRAINT "incident_behavior_pkey" PRIMARY KEY ("incident_id","behavior_id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "incident_id" BIGINT NOT NULL,
    "kind" "evidence_kind" NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT,
    "digest" TEXT NOT NULL,
    "media_type" TEXT,
    "bytes" BIGINT NOT NULL,
    "sensitivity" "sensitivity" NOT NULL DEFAULT 'SENSITIVE',
    "warning" TEXT,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "incident_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher" TEXT,
    "url" TEXT,
    "author" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "language" TEXT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suspect" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "incident_id" BIGINT NOT NULL,
    "kind" "suspect_kind" NOT NULL,
    "node_id" BIGINT,
    "content_tag_id" BIGINT,
    "reason" TEXT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "suspect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "related_incident" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "incident_id" BIGINT NOT NULL,
    "other_id" BIGINT NOT NULL,
    "relation" TEXT NOT NULL,
    "note" TEXT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "related_incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "format" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "status" "import_status" NOT NULL DEFAULT 'RUNNING',
    "error" TEXT,
    "progress" JSONB,
    "report" JSONB,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hypothesis" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "incident_id" BIGINT NOT NULL,
    "statement" TEXT NOT NULL,
    "status" "hypothesis_status" NOT NULL DEFAULT 'OPEN',
    "proposed_by" TEXT,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "hypothesis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hypothesis_suspect" (
    "hypothesis_id" BIGINT NOT NULL,
    "suspect_id" BIGINT NOT NULL,

    CONSTRAINT "hypothesis_suspect_pkey" PRIMARY KEY ("hypothesis_id","suspect_id")
);

-- CreateTable
CREATE TABLE "evidence_item" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "hypothesis_id" BIGINT NOT NULL,
    "direction" "evidence_direction" NOT NULL,
    "method" "evidence_method" NOT NULL,
    "statement" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "score_meaning" TEXT,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "evidence_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assessment" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "hypothesis_id" BIGINT NOT NULL,
    "confidence" TEXT NOT NULL,
    "probability" DOUBLE PRECISION,
    "dissent" BOOLEAN NOT NULL DEFAULT false,
    "reasoning" TEXT,
    "status" "hypothesis_status",
    "assessor" TEXT,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "assessment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intervention" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "incident_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "outcome" "intervention_outcome" NOT NULL,
    "caveat" TEXT,
    "occurred_at" TIMESTAMPTZ(3),
    "added_node" BIGINT,
    "added_amount" DOUBLE PRECISION,
    "added_unit" "amount_unit",
    "added_description" TEXT,
    "stage" "training_stage",
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "intervention_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intervention_comparison" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "intervention_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "before_measurement_id" BIGINT,
    "after_measurement_id" BIGINT,
    "before_result_id" BIGINT,
    "after_result_id" BIGINT,

    CONSTRAINT "intervention_comparison_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "citation" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "source" TEXT NOT NULL,
    "url" TEXT,
    "locator" TEXT,
    "certainty" "certainty" NOT NULL,
    "quote" TEXT,
    "note" TEXT,
    "retrieved_at" TIMESTAMPTZ(3),
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "kind" "node_kind" NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT,
    "version" TEXT,
    "digest" TEXT,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,
    "replaced_by" BIGINT,

    CONSTRAINT "node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edge" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "kind" "edge_kind" NOT NULL,
    "downstream" BIGINT NOT NULL,
    "upstream" BIGINT NOT NULL,
    "composition_id" BIGINT,
    "amount" DOUBLE PRECISION,
    "amount_unit" "amount_unit",
    "epochs" DOUBLE PRECISION,
    "citation_id" BIGINT,
    "occurred_at" TIMESTAMPTZ(3),
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "edge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edge_rule" (
    "kind" "edge_kind" NOT NULL,
    "downstream_kind" "node_kind" NOT NULL,
    "upstream_kind" "node_kind" NOT NULL,
    "edge_group" "edge_group" NOT NULL,
    "carries_mass" BOOLEAN NOT NULL,
    "may_close_cycle" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "edge_rule_pkey" PRIMARY KEY ("kind","downstream_kind","upstream_kind")
);

-- CreateTable
CREATE TABLE "composition" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "node_id" BIGINT NOT NULL,
    "output_id" BIGINT,
    "unit" "amount_unit" NOT NULL,
    "basis" "amount_basis" NOT NULL DEFAULT 'CONTRIBUTED',
    "total" DOUBLE PRECISION,
    "complete" BOOLEAN NOT NULL DEFAULT false,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "composition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "node_id" BIGINT NOT NULL,
    "property" "claim_property" NOT NULL,
    "value_number" DECIMAL,
    "value_text" TEXT,
    "value_time" TIMESTAMPTZ(3),
    "unit" TEXT,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "edge_id" BIGINT,
    "claim_id" BIGINT,
    "composition_id" BIGINT,
    "node_id" BIGINT,
    "statement" TEXT NOT NULL,
    "counter_kind" "edge_kind",
    "counter_downstream" BIGINT,
    "counter_upstream" BIGINT,
    "share_lower" DOUBLE PRECISION,
    "share_upper" DOUBLE PRECISION,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alias" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "kind" "node_kind" NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "version" TEXT,
    "node_id" BIGINT NOT NULL,
    "citation_id" BIGINT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retracted_at" TIMESTAMPTZ(3),
    "retracted_by" BIGINT,
    "retraction_reason" TEXT,

    CONSTRAINT "alias_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model" (
    "id" BIGINT GENERATED BY DEFAULT AS IDENTITY NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "title" TEXT,
    "developer" TEXT,
    "description" TEXT,
    "visibility" "visibility" NOT NULL DEFAULT 'MEMBERS',
    "team_id" BIGINT NOT NULL,
    "actor_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_version" (
    "node_id" BIGINT NOT NULL,
    "model_id" BIGINT NOT NULL,

    CONSTRAINT "model_version_pkey" PRIMARY KEY ("node_id")
);

-- CreateTable
CREATE TABLE "training_run" (
    "node_id" BIGINT NOT NULL,
    "stage" "training_stage" NOT NULL,
    "objective" TEXT,
    "started_from" "started_from" NOT NULL,
    "occurred_at" TIMESTAMPTZ(3),

    CONSTRAINT "training_run_pkey" PRIMARY KEY ("node_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_namespace_key" ON "team"("namespace");

-- CreateIndex
CREATE INDEX "membership_actor_id_idx" ON "membership"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_handle_digest_key" ON "session"("handle_digest");

-- CreateIndex
CREATE INDEX "session_actor_id_idx" ON "session"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_digest_key" ON "api_token"("digest");

-- CreateIndex
CREATE INDEX "api_token_actor_id_idx" ON "api_token"("actor_id");

-- CreateIndex
CREATE INDEX "idempotency_expires_at_idx" ON "idempotency"("expires_at");

-- CreateIndex
CREATE INDEX "event_node_id_idx" ON "event"("node_id");

-- CreateIndex
CREATE INDEX "event_subject_type_subject_id_idx" ON "event"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "event_recorded_at_idx" ON "event"("recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_namespace_name_key" ON "dataset"("namespace", "name");

-- CreateIndex
CREATE INDEX "dataset_version_dataset_id_idx" ON "dataset_version"("dataset_id");

-- CreateIndex
CREATE UNIQUE INDEX "content_tag_namespace_name_key" ON "content_tag"("namespace", "name");

-- CreateIndex
CREATE INDEX "content_measurement_dataset_version_id_idx" ON "content_measurement"("dataset_version_id");

-- CreateIndex
CREATE INDEX "content_measurement_content_tag_id_idx" ON "content_measurement"("content_tag_id");

-- CreateIndex
CREATE INDEX "behavior_parent_id_idx" ON "behavior"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "behavior_namespace_name_key" ON "behavior"("namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "taxonomy_mapping_behavior_id_taxonomy_code_key" ON "taxonomy_mapping"("behavior_id", "taxonomy", "code");

-- CreateIndex
CREATE UNIQUE INDEX "standard_namespace_name_key" ON "standard"("namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "standard_version_standard_id_version_key" ON "standard_version"("standard_id", "version");

-- CreateIndex
CREATE INDEX "standard_approval_standard_version_id_idx" ON "standard_approval"("standard_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "grader_namespace_name_key" ON "grader"("namespace", "name");

-- CreateIndex
CREATE INDEX "grader_version_model_version_id_idx" ON "grader_version"("model_version_id");

-- CreateIndex
CREATE INDEX "grader_version_standard_version_id_idx" ON "grader_version"("standard_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "grader_version_grader_id_version_key" ON "grader_version"("grader_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "evaluation_namespace_name_key" ON "evaluation"("namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "evaluation_version_evaluation_id_version_key" ON "evaluation_version"("evaluation_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "condition_evaluation_version_id_name_key" ON "condition"("evaluation_version_id", "name");

-- CreateIndex
CREATE INDEX "eval_run_evaluation_version_id_idx" ON "eval_run"("evaluation_version_id");

-- CreateIndex
CREATE INDEX "eval_run_import_id_idx" ON "eval_run"("import_id");

-- CreateIndex
CREATE UNIQUE INDEX "eval_sample_eval_run_id_sample_id_epoch_key" ON "eval_sample"("eval_run_id", "sample_id", "epoch");

-- CreateIndex
CREATE INDEX "measurement_eval_run_id_idx" ON "measurement"("eval_run_id");

-- CreateIndex
CREATE INDEX "measurement_behavior_id_idx" ON "measurement"("behavior_id");

-- CreateIndex
CREATE INDEX "measurement_condition_id_idx" ON "measurement"("condition_id");

-- CreateIndex
CREATE INDEX "measurement_grader_version_id_idx" ON "measurement"("grader_version_id");

-- CreateIndex
CREATE INDEX "score_eval_run_id_idx" ON "score"("eval_run_id");

-- CreateIndex
CREATE INDEX "score_condition_id_idx" ON "score"("condition_id");

-- CreateIndex
CREATE INDEX "score_grader_version_id_idx" ON "score"("grader_version_id");

-- CreateIndex
CREATE INDEX "reported_result_incident_id_idx" ON "reported_result"("incident_id");

-- CreateIndex
CREATE INDEX "reported_result_behavior_id_idx" ON "reported_result"("behavior_id");

-- CreateIndex
CREATE INDEX "reported_result_model_version_id_idx" ON "reported_result"("model_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "incident_key_key" ON "incident"("key");

-- CreateIndex
CREATE INDEX "incident_duplicate_of_idx" ON "incident"("duplicate_of");

-- CreateIndex
CREATE INDEX "incident_status_updated_at_idx" ON "incident"("status", "updated_at");

-- CreateIndex
CREATE INDEX "incident_behavior_behavior_id_idx" ON "incident_behavior"("behavior_id");

-- CreateIndex
CREATE INDEX "evidence_incident_id_idx" ON "evidence"("incident_id");

-- CreateIndex
CREATE INDEX "report_incident_id_idx" ON "report"("incident_id");

-- CreateIndex
CREATE INDEX "suspect_incident_id_idx" ON "suspect"("incident_id");

-- CreateIndex
CREATE INDEX "suspect_node_id_idx" ON "suspect"("node_id");

-- CreateIndex
CREATE INDEX "suspect_content_tag_id_idx" ON "suspect"("content_tag_id");

-- CreateIndex
CREATE INDEX "related_incident_incident_id_idx" ON "related_incident"("incident_id");

-- CreateIndex
CREATE INDEX "related_incident_other_id_idx" ON "related_incident"("other_id");

-- CreateIndex
CREATE INDEX "import_team_id_digest_idx" ON "import"("team_id", "digest");

-- CreateIndex
CREATE INDEX "hypothesis_incident_id_idx" ON "hypothesis"("incident_id");

-- CreateIndex
CREATE INDEX "hypothesis_suspect_suspect_id_idx" ON "hypothesis_suspect"("suspect_id");

-- CreateIndex
CREATE INDEX "evidence_item_hypothesis_id_idx" ON "evidence_item"("hypothesis_id");

-- CreateIndex
CREATE INDEX "assessment_hypothesis_id_idx" ON "assessment"("hypothesis_id");

-- CreateIndex
CREATE INDEX "intervention_incident_id_idx" ON "intervention"("incident_id");

-- CreateIndex
CREATE INDEX "intervention_comparison_intervention_id_idx" ON "intervention_comparison"("intervention_id");

-- CreateIndex
CREATE INDEX "node_kind_recorded_at_idx" ON "node"("kind", "recorded_at");

-- CreateIndex
CREATE INDEX "composition_node_id_idx" ON "composition"("node_id");

-- CreateIndex
CREATE INDEX "composition_output_id_idx" ON "composition"("output_id");

-- CreateIndex
CREATE INDEX "claim_node_id_property_idx" ON "claim"("node_id", "property");

-- CreateIndex
CREATE INDEX "dispute_claim_id_idx" ON "dispute"("claim_id");

-- CreateIndex
CREATE INDEX "dispute_composition_id_idx" ON "dispute"("composition_id");

-- CreateIndex
CREATE INDEX "dispute_node_id_idx" ON "dispute"("node_id");

-- CreateIndex
CREATE INDEX "dispute_edge_id_idx" ON "dispute"("edge_id");

-- CreateIndex
CREATE INDEX "alias_node_id_idx" ON "alias"("node_id");

-- CreateIndex
CREATE UNIQUE INDEX "model_namespace_name_key" ON "model"("namespace", "name");

-- CreateIndex
CREATE INDEX "model_version_model_id_idx" ON "model_version"("model_id");

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "idempotency" ADD CONSTRAINT "idempotency_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "transformation" ADD CONSTRAINT "transformation_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "content_tag" ADD CONSTRAINT "content_tag_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "content_tag" ADD CONSTRAINT "content_tag_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "content_measurement" ADD CONSTRAINT "content_measurement_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "content_measurement" ADD CONSTRAINT "content_measurement_content_tag_id_fkey" FOREIGN KEY ("content_tag_id") REFERENCES "content_tag"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "content_measurement" ADD CONSTRAINT "content_measurement_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "content_measurement" ADD CONSTRAINT "content_measurement_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "content_measurement" ADD CONSTRAINT "content_measurement_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "content_measurement" ADD CONSTRAINT "content_measurement_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "behavior" ADD CONSTRAINT "behavior_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "behavior"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "behavior" ADD CONSTRAINT "behavior_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "behavior" ADD CONSTRAINT "behavior_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "taxonomy_mapping" ADD CONSTRAINT "taxonomy_mapping_behavior_id_fkey" FOREIGN KEY ("behavior_id") REFERENCES "behavior"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard" ADD CONSTRAINT "standard_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard" ADD CONSTRAINT "standard_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard_version" ADD CONSTRAINT "standard_version_standard_id_fkey" FOREIGN KEY ("standard_id") REFERENCES "standard"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard_version" ADD CONSTRAINT "standard_version_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard_version" ADD CONSTRAINT "standard_version_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard_version" ADD CONSTRAINT "standard_version_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard_approval" ADD CONSTRAINT "standard_approval_standard_version_id_fkey" FOREIGN KEY ("standard_version_id") REFERENCES "standard_version"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard_approval" ADD CONSTRAINT "standard_approval_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard_approval" ADD CONSTRAINT "standard_approval_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standard_approval" ADD CONSTRAINT "standard_approval_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grader" ADD CONSTRAINT "grader_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grader" ADD CONSTRAINT "grader_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grader_version" ADD CONSTRAINT "grader_version_grader_id_fkey" FOREIGN KEY ("grader_id") REFERENCES "grader"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grader_version" ADD CONSTRAINT "grader_version_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grader_version" ADD CONSTRAINT "grader_version_standard_version_id_fkey" FOREIGN KEY ("standard_version_id") REFERENCES "standard_version"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grader_version" ADD CONSTRAINT "grader_version_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grader_version" ADD CONSTRAINT "grader_version_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grader_version" ADD CONSTRAINT "grader_version_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evaluation_version" ADD CONSTRAINT "evaluation_version_evaluation_id_fkey" FOREIGN KEY ("evaluation_id") REFERENCES "evaluation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evaluation_version" ADD CONSTRAINT "evaluation_version_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evaluation_version" ADD CONSTRAINT "evaluation_version_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evaluation_version" ADD CONSTRAINT "evaluation_version_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "condition" ADD CONSTRAINT "condition_evaluation_version_id_fkey" FOREIGN KEY ("evaluation_version_id") REFERENCES "evaluation_version"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "eval_run" ADD CONSTRAINT "eval_run_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "eval_run" ADD CONSTRAINT "eval_run_evaluation_version_id_fkey" FOREIGN KEY ("evaluation_version_id") REFERENCES "evaluation_version"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "eval_run" ADD CONSTRAINT "eval_run_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "eval_sample" ADD CONSTRAINT "eval_sample_eval_run_id_fkey" FOREIGN KEY ("eval_run_id") REFERENCES "eval_run"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "measurement" ADD CONSTRAINT "measurement_eval_run_id_fkey" FOREIGN KEY ("eval_run_id") REFERENCES "eval_run"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "measurement" ADD CONSTRAINT "measurement_behavior_id_fkey" FOREIGN KEY ("behavior_id") REFERENCES "behavior"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "measurement" ADD CONSTRAINT "measurement_condition_id_fkey" FOREIGN KEY ("condition_id") REFERENCES "condition"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "measurement" ADD CONSTRAINT "measurement_grader_version_id_fkey" FOREIGN KEY ("grader_version_id") REFERENCES "grader_version"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "measurement" ADD CONSTRAINT "measurement_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "measurement" ADD CONSTRAINT "measurement_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "measurement" ADD CONSTRAINT "measurement_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "measurement" ADD CONSTRAINT "measurement_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_eval_run_id_fkey" FOREIGN KEY ("eval_run_id") REFERENCES "eval_run"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_condition_id_fkey" FOREIGN KEY ("condition_id") REFERENCES "condition"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_grader_version_id_fkey" FOREIGN KEY ("grader_version_id") REFERENCES "grader_version"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reported_result" ADD CONSTRAINT "reported_result_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reported_result" ADD CONSTRAINT "reported_result_behavior_id_fkey" FOREIGN KEY ("behavior_id") REFERENCES "behavior"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reported_result" ADD CONSTRAINT "reported_result_model_version_id_fkey" FOREIGN KEY ("model_version_id") REFERENCES "model_version"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reported_result" ADD CONSTRAINT "reported_result_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reported_result" ADD CONSTRAINT "reported_result_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reported_result" ADD CONSTRAINT "reported_result_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reported_result" ADD CONSTRAINT "reported_result_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_duplicate_of_fkey" FOREIGN KEY ("duplicate_of") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "incident_behavior" ADD CONSTRAINT "incident_behavior_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "incident_behavior" ADD CONSTRAINT "incident_behavior_behavior_id_fkey" FOREIGN KEY ("behavior_id") REFERENCES "behavior"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "suspect" ADD CONSTRAINT "suspect_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "suspect" ADD CONSTRAINT "suspect_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "suspect" ADD CONSTRAINT "suspect_content_tag_id_fkey" FOREIGN KEY ("content_tag_id") REFERENCES "content_tag"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "suspect" ADD CONSTRAINT "suspect_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "suspect" ADD CONSTRAINT "suspect_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "suspect" ADD CONSTRAINT "suspect_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "related_incident" ADD CONSTRAINT "related_incident_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "related_incident" ADD CONSTRAINT "related_incident_other_id_fkey" FOREIGN KEY ("other_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "related_incident" ADD CONSTRAINT "related_incident_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "related_incident" ADD CONSTRAINT "related_incident_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "related_incident" ADD CONSTRAINT "related_incident_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hypothesis" ADD CONSTRAINT "hypothesis_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hypothesis" ADD CONSTRAINT "hypothesis_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hypothesis" ADD CONSTRAINT "hypothesis_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hypothesis" ADD CONSTRAINT "hypothesis_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hypothesis" ADD CONSTRAINT "hypothesis_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hypothesis_suspect" ADD CONSTRAINT "hypothesis_suspect_hypothesis_id_fkey" FOREIGN KEY ("hypothesis_id") REFERENCES "hypothesis"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "hypothesis_suspect" ADD CONSTRAINT "hypothesis_suspect_suspect_id_fkey" FOREIGN KEY ("suspect_id") REFERENCES "suspect"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence_item" ADD CONSTRAINT "evidence_item_hypothesis_id_fkey" FOREIGN KEY ("hypothesis_id") REFERENCES "hypothesis"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence_item" ADD CONSTRAINT "evidence_item_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence_item" ADD CONSTRAINT "evidence_item_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence_item" ADD CONSTRAINT "evidence_item_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence_item" ADD CONSTRAINT "evidence_item_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_hypothesis_id_fkey" FOREIGN KEY ("hypothesis_id") REFERENCES "hypothesis"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention" ADD CONSTRAINT "intervention_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("node_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention" ADD CONSTRAINT "intervention_added_node_fkey" FOREIGN KEY ("added_node") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention" ADD CONSTRAINT "intervention_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention" ADD CONSTRAINT "intervention_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention" ADD CONSTRAINT "intervention_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention" ADD CONSTRAINT "intervention_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention_comparison" ADD CONSTRAINT "intervention_comparison_intervention_id_fkey" FOREIGN KEY ("intervention_id") REFERENCES "intervention"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention_comparison" ADD CONSTRAINT "intervention_comparison_before_measurement_id_fkey" FOREIGN KEY ("before_measurement_id") REFERENCES "measurement"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention_comparison" ADD CONSTRAINT "intervention_comparison_after_measurement_id_fkey" FOREIGN KEY ("after_measurement_id") REFERENCES "measurement"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention_comparison" ADD CONSTRAINT "intervention_comparison_before_result_id_fkey" FOREIGN KEY ("before_result_id") REFERENCES "reported_result"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "intervention_comparison" ADD CONSTRAINT "intervention_comparison_after_result_id_fkey" FOREIGN KEY ("after_result_id") REFERENCES "reported_result"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "node" ADD CONSTRAINT "node_replaced_by_fkey" FOREIGN KEY ("replaced_by") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "composition" ADD CONSTRAINT "composition_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "composition" ADD CONSTRAINT "composition_output_id_fkey" FOREIGN KEY ("output_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "composition" ADD CONSTRAINT "composition_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "composition" ADD CONSTRAINT "composition_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "composition" ADD CONSTRAINT "composition_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "composition" ADD CONSTRAINT "composition_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_composition_id_fkey" FOREIGN KEY ("composition_id") REFERENCES "composition"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_counter_downstream_fkey" FOREIGN KEY ("counter_downstream") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_counter_upstream_fkey" FOREIGN KEY ("counter_upstream") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "alias" ADD CONSTRAINT "alias_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "alias" ADD CONSTRAINT "alias_citation_id_fkey" FOREIGN KEY ("citation_id") REFERENCES "citation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "alias" ADD CONSTRAINT "alias_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "alias" ADD CONSTRAINT "alias_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "alias" ADD CONSTRAINT "alias_retracted_by_fkey" FOREIGN KEY ("retracted_by") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "model" ADD CONSTRAINT "model_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "model" ADD CONSTRAINT "model_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "model"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "training_run" ADD CONSTRAINT "training_run_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- Names, unique among what holds. An incident has none while it is a draft.
create unique index actor_email_key on actor (lower(email)) where email is not null;
create unique index node_name_key on node (kind, namespace, name, version) nulls not distinct
  where retracted_at is null and name is not null;
create unique index alias_name_key on alias (kind, namespace, name, version) nulls not distinct
  where retracted_at is null;
create unique index edge_assertion_key on edge (downstream, upstream, kind, composition_id, team_id)
  nulls not distinct where retracted_at is null;
create unique index import_digest_key on import (team_id, digest) where status <> 'FAILED';

-- A traversal reads these two and nothing of the table itself. The predicate is always true: it keeps Prisma,
-- which cannot express included columns, from taking them for key columns.
create index edge_upstream_of on edge (downstream)
  include (upstream, kind, id, composition_id, team_id, actor_id, visibility, recorded_at, retracted_at)
  where downstream is not null;
create index edge_downstream_of on edge (upstream)
  include (downstream, kind, id, composition_id, team_id, actor_id, visibility, recorded_at, retracted_at)
  where upstream is not null;
create index edge_composition on edge (composition_id) where composition_id is not null;
create index event_of_node on event (node_id, id) where node_id is not null;

-- NaN counts as greater than infinity, so "less than infinity" refuses both.
alter table installation add constraint installation_one_row check (id = 1);
alter table actor add constraint actor_email_form check (email ~ '^[^@\s]+@[^@\s]+$');
alter table composition
  add constraint composition_total check (total >= 0 and total < 'infinity'),
  add constraint composition_fraction_total check (unit <> 'FRACTION' or total is null or total = 1);
alter table claim
  add constraint claim_one_value check (num_nonnulls(value_number, value_text, value_time) = 1),
  add constraint claim_number check (value_number >= 0 and value_number < 'infinity');
alter table dispute
  add constraint dispute_one_target check (num_nonnulls(edge_id, claim_id, composition_id, node_id) = 1),
  add constraint dispute_counter check (num_nonnulls(counter_kind, counter_downstream, counter_upstream) in (0, 3)),
  add constraint dispute_range check (share_lower >= 0 and share_lower <= 1 and share_upper >= 0 and share_upper <= 1
    and share_lower <= share_upper);
alter table content_measurement
  add constraint content_measurement_fraction check (fraction >= 0 and fraction <= 1),
  add constraint content_measurement_interval check (lower >= 0 and upper <= 1 and lower <= fraction and fraction <= upper),
  add constraint content_measurement_level check (level > 0 and level < 1),
  add constraint content_measurement_sample check (sample_size > 0);
alter table measurement
  add constraint measurement_counts check (least(exhibited, not_exhibited, unscored, grader_errors, excluded, sample_count) >= 0),
  add constraint measurement_sum check (exhibited + not_exhibited = sample_count),
  add constraint measurement_rate check (rate >= 0 and rate <= 1),
  add constraint measurement_standard_error check (standard_error >= 0 and standard_error < 'infinity'),
  add constraint measurement_repetition check (epochs > 0 and clusters > 0);
alter table score
  add constraint score_value check (value > '-infinity' and value < 'infinity'),
  add constraint score_standard_error check (standard_error >= 0 and standard_error < 'infinity'),
  add constraint score_counts check (least(sample_count, unscored) >= 0);
alter table reported_result
  add constraint reported_result_range check (lower <= upper),
  add constraint reported_result_value check (value > '-infinity' and value < 'infinity');
alter table eval_run add constraint eval_run_counts check (epochs > 0 and least(sample_count, samples_declared) >= 0);
alter table eval_sample add constraint eval_sample_epoch check (epoch > 0);
alter table evidence add constraint evidence_bytes check (bytes >= 0),
  add constraint evidence_digest check (digest ~ '^[0-9a-f]{64}$');
alter table incident add constraint incident_key_form check (key ~ '^MBI-[0-9]{4}-[0-9]{4,}$'),
  add constraint incident_key_of_submitted check (status = 'DRAFT' or status = 'WITHDRAWN' or key is not null);
alter table suspect add constraint suspect_target
  check ((kind = 'CONTENT_TAG') = (content_tag_id is not null) and (kind = 'CONTENT_TAG') = (node_id is null));
alter table related_incident add constraint related_incident_other check (incident_id <> other_id);
alter table assessment add constraint assessment_probability check (probability >= 0 and probability <= 1);
alter table evidence_item add constraint evidence_item_score check (score > '-infinity' and score < 'infinity');
alter table intervention
  add constraint intervention_amount check (added_amount >= 0 and added_amount < 'infinity');

-- Which kinds of edges join which kinds of nodes: LINEAGE.md's table.
insert into edge_rule (kind, downstream_kind, upstream_kind, edge_group, carries_mass) values
  ('GENERATED_BY', 'DATASET_VERSION', 'TRANSFORMATION', 'DATA', true),
  ('GENERATED_BY', 'MODEL_VERSION', 'TRAINING_RUN', 'DATA', true),
  ('USED', 'TRANSFORMATION', 'DATASET_VERSION', 'DATA', true),
  ('USED', 'TRANSFORMATION', 'SOURCE', 'DATA', true),
  ('USED', 'TRAINING_RUN', 'DATASET_VERSION', 'DATA', true),
  ('USED', 'TRAINING_RUN', 'SOURCE', 'DATA', true),
  ('DERIVED_FROM', 'DATASET_VERSION', 'DATASET_VERSION', 'DATA', true),
  ('DERIVED_FROM', 'DATASET_VERSION', 'SOURCE', 'DATA', true),
  ('INITIALIZED_FROM', 'TRAINING_RUN', 'MODEL_VERSION', 'DATA', false),
  ('INITIALIZED_FROM', 'TRAINING_RUN', 'TRAINING_RUN', 'DATA', false),
  ('SYNTHESIZED_BY', 'TRANSFORMATION', 'MODEL_VERSION', 'INFLUENCE', false),
  ('SYNTHESIZED_BY', 'DATASET_VERSION', 'MODEL_VERSION', 'INFLUENCE', false),
  ('DISTILLED_FROM', 'TRAINING_RUN', 'MODEL_VERSION', 'INFLUENCE', false),
  ('REWARDED_BY', 'TRAINING_RUN', 'MODEL_VERSION', 'INFLUENCE', false),
  ('REVISES', 'DATASET_VERSION', 'DATASET_VERSION', 'REVISION', false),
  ('REVISES', 'MODEL_VERSION', 'MODEL_VERSION', 'REVISION', false),
  ('EVALUATED', 'EVAL_RUN', 'MODEL_VERSION', 'OBSERVATION', false),
  ('OBSERVED_IN', 'INCIDENT', 'EVAL_RUN', 'OBSERVATION', false),
  ('EXHIBITED_BY', 'INCIDENT', 'MODEL_VERSION', 'OBSERVATION', false),
  ('TESTED_ON', 'EVAL_RUN', 'DATASET_VERSION', 'EVALUATION', false),
  ('JUDGED_BY', 'EVAL_RUN', 'MODEL_VERSION', 'EVALUATION', false);

-- An edge can be part of a cycle only if its rule is part of a cycle of rules. Eval runs, incidents and sources
-- are in none, so what is recorded of them never waits for the search.
with recursive leads(origin, kind) as (
  select downstream_kind, upstream_kind from edge_rule
  union
  select l.origin, r.upstream_kind from leads l join edge_rule r on r.downstream_kind = l.kind)
update edge_rule r set may_close_cycle = true
where exists (select from leads l where l.origin = r.upstream_kind and l.kind = r.downstream_kind);

-- Times are the database's: whatever a writer states is overwritten.
create function set_recorded() returns trigger language plpgsql as $$
begin
  new.recorded_at := recording_moment();
  return new;
end $$;

create function set_recorded_unretracted() returns trigger language plpgsql as $$
begin
  new.recorded_at := recording_moment();
  new.retracted_at := null;
  new.retracted_by := null;
  new.retraction_reason := null;
  return new;
end $$;

create function refuse_removal() returns trigger language plpgsql as $$
begin
  raise exception 'Rows of "%" are never deleted: retract instead.', tg_table_name using errcode = 'HW006';
end $$;

-- Refuses every change but to the columns named as arguments.
create function keep_row() returns trigger language plpgsql as $$
begin
  if to_jsonb(old) - tg_argv is distinct from to_jsonb(new) - tg_argv then
    raise exception 'A recorded row of "%" is never changed: record it anew.', tg_table_name using errcode = 'HW005';
  end if;
  return new;
end $$;

-- As keep_row, and lets a row be retracted, once: setting who retracts it sets the moment.
create function keep_row_until_retracted() returns trigger language plpgsql as $$
declare
  retraction text[] := array['retracted_at', 'retracted_by', 'retraction_reason', 'replaced_by'];
  free text[] := coalesce(tg_argv, '{}') || retraction;
  before jsonb := to_jsonb(old);
  after jsonb := to_jsonb(new);
begin
  if tg_table_name = 'node' and before->>'kind' = 'INCIDENT' and before->>'name' is null then
    free := free || array['name', 'namespace'];
  end if;
  if before - free is distinct from after - free then
    raise exception 'A recorded row of "%" is never changed: retract it and record it anew.', tg_table_name
      using errcode = 'HW005';
  end if;
  if (select jsonb_object_agg(c, before->c) is not distinct from jsonb_object_agg(c, after->c) from unnest(retraction) c) then
    return new;
  end if;
  if old.retracted_at is not null then
    raise exception 'This row of "%" is retracted already.', tg_table_name using errcode = 'HW007';
  end if;
  if new.retracted_by is null then
    raise exception 'A retraction says who retracts.' using errcode = 'HW005';
  end if;
  -- A row that a later transaction recorded meanwhile is retracted at its own moment, never before it.
  new.retracted_at := greatest(old.recorded_at, recording_moment());
  return new;
end $$;

-- A key that people have been told stays.
create function keep_incident_key() returns trigger language plpgsql as $$
begin
  if new.node_id <> old.node_id or (old.key is not null and new.key is distinct from old.key) then
    raise exception 'The key of an incident is never changed.' using errcode = 'HW005';
  end if;
  new.updated_at := greatest(old.updated_at, recording_moment());
  return new;
end $$;

create function check_node_kind() returns trigger language plpgsql as $$
begin
  if not exists (select from node n where n.id = new.node_id and n.kind = tg_argv[0]::node_kind) then
    raise exception 'Node % is no %.', new.node_id, tg_argv[0] using errcode = 'HW011';
  end if;
  return null;
end $$;

-- What one edge shows by itself; what needs other rows is checked once a statement, below.
create function check_edge() returns trigger language plpgsql as $$
begin
  if new.downstream = new.upstream then
    raise exception 'A node cannot depend on itself.' using errcode = 'HW001',
      detail = json_build_array(new.downstream)::text;
  end if;
  if new.amount is not null then
    if not (new.amount >= 0 and new.amount < 'infinity') then
      raise exception 'An amount is a number from 0 on; this is %.', new.amount using errcode = 'HW003';
    end if;
    if new.amount_unit is null then
      raise exception 'An amount needs a unit.' using errcode = 'HW003';
    end if;
    if new.amount_unit = 'FRACTION' and new.amount > 1.001 then
      raise exception 'A fraction is at most 1; this is %.', new.amount using errcode = 'HW004';
    end if;
  end if;
  if not (new.epochs > 0 and new.epochs < 'infinity') then
    raise exception 'Epochs are a number above 0; this is %.', new.epochs using errcode = 'HW003';
  end if;
  new.recorded_at := recording_moment();
  new.retracted_at := null;
  new.retracted_by := null;
  new.retraction_reason := null;
  return new;
end $$;

-- A cycle upstream of `starts` among the edges that hold at `moment` or later, as node ids, each depending on the
-- next; null where there is none. Nodes without upstreams are taken away until none is left (Kahn), which is
-- linear in nodes and edges; what cannot be taken away stands in, or downstream of, a cycle.
create function find_cycle(starts bigint[], moment timestamptz) returns bigint[] language plpgsql
  set enable_seqscan = off set jit = off as $$
declare
  ids bigint[];
  degree int[];       -- upstreams left, by node
  first int[];        -- where a node's dependents begin in `dependents`
  dependents int[];
  queue int[] := '{}';
  head int := 1;
  last int := 0;
  d int;
  next int[];         -- one of its upstreams that is left, by node
  place int[];        -- where the walk passed it, by node
  path int[] := '{}';
  at int;
begin
  with recursive up(id) as (
    select distinct s from unnest(starts) s
    union
    select e.upstream from up cross join lateral (
      select upstream from edge where downstream = up.id
        and (retracted_at is null or retracted_at > greatest(recorded_at, moment)) offset 0) e
  ), numbered as materialized (
    select id, row_number() over (order by id)::int as n from up
  ), pair as materialized (
    select distinct a.n as down, b.n as up from numbered a
    join edge e on e.downstream = a.id and (e.retracted_at is null or e.retracted_at > greatest(e.recorded_at, moment))
    join numbered b on b.id = e.upstream
  ), counted as (
    select x.n, x.id,
      coalesce(u.c, 0) as upstreams,
      coalesce(v.c, 0) as downstreams
    from numbered x
    left join (select down, count(*)::int as c from pair group by down) u on u.down = x.n
    left join (select up, count(*)::int as c from pair group by up) v on v.up = x.n
  ), placed as (
    select n, id, upstreams, (1 + sum(downstreams) over (order by n) - downstreams)::int as start from counted
  )
  select array_agg(id order by n), array_agg(upstreams order by n), array_agg(start order by n),
    (select array_agg(down order by up) from pair)
  into ids, degree, first, dependents from placed;

  first := first || (coalesce(cardinality(dependents), 0) + 1);
  for i in 1 .. cardinality(ids) loop
    if degree[i] = 0 then
      last := last + 1;
      queue[last] := i;
    end if;
  end loop;
  while head <= last loop
    for j in first[queue[head]] .. first[queue[head] + 1] - 1 loop
      d := dependents[j];
      degree[d] := degree[d] - 1;
      if degree[d] = 0 then
        last := last + 1;
        queue[last] := d;
      end if;
    end loop;
    head := head + 1;
  end loop;
  if last = cardinality(ids) then
    return null;
  end if;

  -- Each node left has an upstream that is left: walking that way comes back to where it has been.
  next := array_fill(0, array[cardinality(ids)]);
  place := next;
  for i in 1 .. cardinality(ids) loop
    continue when degree[i] = 0;
    for j in first[i] .. first[i + 1] - 1 loop
      d := dependents[j];
      if degree[d] > 0 then
        next[d] := i;
        at := d;
      end if;
    end loop;
  end loop;
  while place[at] = 0 loop
    path := path || at;
    place[at] := cardinality(path);
    at := next[at];
  end loop;
  return (select array_agg(ids[p] order by o) from unnest(path[place[at]:]) with ordinality w(p, o));
end $$;

-- Everything about new edges that needs other rows, once for all edges of a statement.
--
-- Why two writers at once cannot close a cycle between them. A writer takes the lock below for every edge whose
-- downstream node it did not itself make in the same transaction. Suppose a cycle of edges by several
-- transactions, and let T be the last of them to commit. Each of T's runs of edges along the cycle begins at a
-- node that another transaction's edge refers to, and that transaction committed before T, so T did not make that
-- node: T took the lock. Another transaction of the cycle either committed before T took the lock, and T's
-- searches see its edges; or it never took the lock while T held it, so each of its runs begins at a node that it
-- made itself, which others could refer to only after its commit: going back along the cycle, that ends at an edge
-- of T, recorded when all those edges could be seen. Either way T's last edge of the cycle is recorded, and
-- searched from, when the whole cycle can be seen. The search needs a snapshot from after the lock was granted,
-- hence READ COMMITTED. Uncommitted retractions count as not made, which refuses too much rather than too little.
--
-- Plans are made while a table may still be empty or a bulk unknown to the statistics: without sequential scans
-- they stay right as both grow.
create function check_edges() returns trigger language plpgsql set enable_seqscan = off set jit = off as $$
declare
  moment timestamptz := recording_moment();
  wrong record;
  downs bigint[];
  ups bigint[];
  cycle bigint[];
  start int;
begin
  select e.kind, e.downstream, e.upstream, d.kind as down, u.kind as up into wrong
  from new_edge e
  left join node d on d.id = e.downstream
  left join node u on u.id = e.upstream
  left join edge_rule r on r.kind = e.kind and r.downstream_kind = d.kind and r.upstream_kind = u.kind
  where r.kind is null limit 1;
  if found then
    if wrong.down is null or wrong.up is null then
      raise exception 'An edge refers to a node that is not recorded.' using errcode = 'HW010',
        detail = json_build_array(case when wrong.down is null then wrong.downstream else wrong.upstream end)::text;
    end if;
    raise exception '% does not join a % to a %.', wrong.kind, wrong.down, wrong.up using errcode = 'HW002',
      detail = json_build_array(wrong.downstream, wrong.upstream)::text;
  end if;

  if exists (select from (select distinct team_id, actor_id from new_edge) e
      where not exists (select from team t where t.id = e.team_id)
         or not exists (select from actor a where a.id = e.actor_id))
    or exists (select from (select distinct citation_id from new_edge where citation_id is not null) e
      where not exists (select from citation c where c.id = e.citation_id)) then
    raise exception 'An edge refers to a team, actor or citation that is not recorded.' using errcode = 'HW010';
  end if;

  if exists (select from new_edge where composition_id is not null) then
    -- Two writers adding to one composition take turns, so that each sums what the other added.
    perform from composition c
    where c.id in (select composition_id from new_edge) order by c.id for no key update;
    if exists (select from new_edge e left join composition c on c.id = e.composition_id
        where e.composition_id is not null
          and (c.id is null or c.node_id <> e.downstream or c.retracted_at is not null
            or e.kind not in ('USED', 'DERIVED_FROM', 'GENERATED_BY'))) then
      raise exception 'An edge can only be part of a composition of its own downstream node.' using errcode = 'HW010';
    end if;
    select c.id, c.unit, sum(e.amount) as sum, coalesce(c.total, 1) as total into wrong
    from composition c join edge e on e.composition_id = c.id and e.retracted_at is null and e.amount_unit = c.unit
    where c.id in (select distinct composition_id from new_edge)
      and (c.unit = 'FRACTION' or (c.basis = 'CONTRIBUTED' and c.total is not null))
    group by c.id
    having sum(e.amount) > coalesce(c.total, 1) * 1.001 limit 1;
    if found then
      raise exception 'The inputs sum to %, more than %.', wrong.sum, wrong.total using errcode = 'HW004';
    end if;
  end if;

  -- From here on: cycles. A node made in this transaction is known by its row's transaction and its moment.
  if exists (select from new_edge e join node d on d.id = e.downstream join node u on u.id = e.upstream
      join edge_rule r on r.kind = e.kind and r.downstream_kind = d.kind and r.upstream_kind = u.kind
      where r.may_close_cycle
        and not (d.xmin = pg_current_xact_id()::xid and d.recorded_at = moment)) then
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'Edges onto existing nodes are recorded under READ COMMITTED.' using errcode = 'HW009';
    end if;
    perform pg_advisory_xact_lock(1751216500, 1);
  end if;

  -- An edge whose downstream node has no dependents closes nothing.
  select array_agg(distinct e.downstream), array_agg(distinct e.upstream) into downs, ups
  from new_edge e join node d on d.id = e.downstream join node u on u.id = e.upstream
  join edge_rule r on r.kind = e.kind and r.downstream_kind = d.kind and r.upstream_kind = u.kind
  where r.may_close_cycle and exists (
    select from edge x where x.upstream = e.downstream
      and (x.retracted_at is null or x.retracted_at > greatest(x.recorded_at, moment)));
  if downs is null then
    return null;
  end if;

  -- A cycle through a new edge leads from its upstream node to its downstream node.
  if not exists (
    with recursive up(id) as (
      select s from unnest(ups) s
      union
      select e.upstream from up cross join lateral (
        select upstream from edge where downstream = up.id
          and (retracted_at is null or retracted_at > greatest(recorded_at, moment)) offset 0) e)
    select from up join unnest(downs) d(id) on d.id = up.id) then
    return null;
  end if;
  cycle := find_cycle(ups, moment);
  if cycle is null then
    return null;
  end if;
  select c.i into start
  from (select o as i, id as down, lead(id, 1, cycle[1]) over (order by o) as up
        from unnest(cycle) with ordinality w(id, o)) c
  join new_edge e on e.downstream = c.down and e.upstream = c.up
  order by c.i limit 1;
  cycle := cycle[coalesce(start, 1):] || cycle[:coalesce(start, 1) - 1];
  raise exception 'The upstream node already depends on the downstream node.' using errcode = 'HW008',
    detail = to_json(cycle)::text;
end $$;

-- Which tables keep their rows, and how.
do $$
declare
  t text;
  free text;
begin
  -- Recorded, and retracted once. Who may see a row may change; the row says nothing else by that.
  foreach t in array array['node', 'edge', 'composition', 'claim', 'dispute', 'alias', 'content_measurement',
    'measurement', 'score', 'reported_result', 'evidence', 'report', 'suspect', 'related_incident', 'hypothesis',
    'evidence_item', 'assessment', 'intervention'] loop
    free := case t when 'hypothesis' then '''visibility'', ''status''' else '''visibility''' end;
    if t <> 'edge' then
      execute format('create trigger a_record before insert on %I for each row execute function set_recorded_unretracted()', t);
    end if;
    execute format('create trigger b_keep before update on %I for each row execute function keep_row_until_retracted(%s)', t, free);
  end loop;

  -- Recorded once and for all.
  foreach t in array array['citation', 'event', 'condition', 'evaluation_version', 'grader_version',
    'standard_version', 'standard_approval', 'eval_sample', 'import'] loop
    execute format('create trigger a_record before insert on %I for each row execute function set_recorded()', t);
  end loop;
  for t, free in values
    ('citation', '''visibility'''), ('event', '''visibility'''), ('condition', ''), ('evaluation_version', '''visibility'''),
    ('grader_version', '''visibility'''), ('standard_version', '''visibility'''), ('standard_approval', '''visibility'''),
    ('eval_sample', ''), ('edge_rule', ''), ('source', ''), ('dataset_version', ''), ('transformation', ''),
    ('model_version', ''), ('training_run', ''), ('taxonomy_mapping', ''), ('hypothesis_suspect', ''),
    ('intervention_comparison', ''), ('eval_run', '''status'', ''sample_count'', ''import_id'''),
    ('import', '''status'', ''error'', ''progress'', ''report'', ''finished_at'', ''visibility'', ''format'''),
    -- What names these may be described better later.
    ('dataset', '''title'', ''description'', ''visibility'''), ('content_tag', '''description'', ''visibility'''),
    ('model', '''title'', ''developer'', ''description'', ''visibility'''),
    ('behavior', '''title'', ''description'', ''parent_id'', ''visibility'''),
    ('standard', '''title'', ''kind'', ''visibility'''), ('grader', '''title'', ''visibility'''),
    ('evaluation', '''title'', ''description'', ''url'', ''visibility''') loop
    execute format('create trigger b_keep before update on %I for each row execute function keep_row(%s)', t, free);
  end loop;

  for t in select c.relname from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and c.relname not in ('_prisma_migrations', 'session', 'membership', 'idempotency', 'incident_behavior') loop
    execute format('create trigger c_no_delete before delete on %I execute function refuse_removal()', t);
    execute format('create trigger d_no_truncate before truncate on %I execute function refuse_removal()', t);
  end loop;

  for t, free in values ('source', 'SOURCE'), ('dataset_version', 'DATASET_VERSION'),
    ('transformation', 'TRANSFORMATION'), ('model_version', 'MODEL_VERSION'), ('training_run', 'TRAINING_RUN'),
    ('eval_run', 'EVAL_RUN'), ('incident', 'INCIDENT') loop
    execute format('create trigger e_kind after insert on %I for each row execute function check_node_kind(%L)', t, free);
  end loop;
end $$;

create trigger a_record before insert on edge for each row execute function check_edge();
create trigger f_graph after insert on edge referencing new table as new_edge
  for each statement execute function check_edges();
create trigger b_keep before update on incident for each row execute function keep_incident_key();

-- What every installation has from the start: its secrets, Headwater itself as an actor, and the default team.
-- Random UUIDs carry 122 strong random bits each; four of them make a key.
insert into installation (global_id_key, token_key)
select sha256(a::text::bytea), sha256(b::text::bytea) from (
  select string_agg(gen_random_uuid()::text, '') filter (where i <= 4) as a,
    string_agg(gen_random_uuid()::text, '') filter (where i > 4) as b
  from generate_series(1, 8) i) keys;
insert into actor (kind, name, role) values ('SYSTEM', 'Headwater', 'ADMINISTRATOR');
insert into team (namespace, name) values ('', 'Default');
insert into membership (team_id, actor_id) select t.id, a.id from team t, actor a;
