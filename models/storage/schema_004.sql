-- Lists in and out, what came back from outside, and one person once.

ALTER TABLE worker ADD COLUMN merged_into INTEGER REFERENCES worker (id);

CREATE INDEX worker_merged_into ON worker (merged_into) WHERE merged_into IS NOT NULL;

-- How the columns of a kind of list are read, and what its own words mean.
CREATE TABLE column_mapping (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
    purpose TEXT NOT NULL CHECK (purpose IN ('workers', 'bpjs_return', 'nik_match', 'membership')),
    columns TEXT NOT NULL,
    translations TEXT NOT NULL,
    constants TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX column_mapping_name ON column_mapping (name) WHERE living = 1;

-- A list that was taken in; its records carry its number as their origin in the audit trail.
CREATE TABLE list_import (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    -- 0 once the whole import was taken back
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    purpose TEXT NOT NULL CHECK (purpose IN ('workers', 'bpjs_return', 'nik_match', 'membership')),
    file TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    sheet TEXT NOT NULL,
    mapping TEXT NOT NULL,
    mode TEXT NOT NULL,
    rows INTEGER NOT NULL CHECK (rows >= 0),
    counts TEXT NOT NULL,
    imported_on TEXT NOT NULL
) STRICT;

CREATE INDEX list_import_hash ON list_import (hash);

-- What another authority says of a worker: Disdukcapil of the NIK, BPJS of a membership.
CREATE TABLE verification (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    worker INTEGER NOT NULL REFERENCES worker (id),
    kind TEXT NOT NULL CHECK (kind IN ('nik_match', 'membership')),
    outcome TEXT NOT NULL CHECK (outcome <> ''),
    details TEXT NOT NULL,
    verified_on TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

CREATE INDEX verification_worker ON verification (worker, kind, verified_on) WHERE living = 1;

-- The columns of a list that leaves the office.
CREATE TABLE column_layout (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
    columns TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX column_layout_name ON column_layout (name) WHERE living = 1;

-- A list that left the office: who was in it, byte for byte which file.
CREATE TABLE sent_list (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    layout TEXT NOT NULL,
    recipient TEXT NOT NULL,
    file TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    rows INTEGER NOT NULL CHECK (rows >= 0),
    workers TEXT NOT NULL,
    enrolments TEXT NOT NULL,
    sent_on TEXT NOT NULL
) STRICT;

-- Two workers who look alike and are two: never asked again.
CREATE TABLE not_same (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    one INTEGER NOT NULL REFERENCES worker (id),
    other INTEGER NOT NULL REFERENCES worker (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    decided_on TEXT NOT NULL,
    CHECK (one < other)
) STRICT;

CREATE UNIQUE INDEX not_same_once ON not_same (one, other) WHERE living = 1;

CREATE INDEX not_same_other ON not_same (other) WHERE living = 1;

-- One worker merged into another, with all that is needed to take the two apart again.
CREATE TABLE worker_merge (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    -- 0 once the two were taken apart again
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    kept INTEGER NOT NULL REFERENCES worker (id),
    merged INTEGER NOT NULL REFERENCES worker (id),
    reason TEXT NOT NULL,
    fields TEXT NOT NULL,
    moved TEXT NOT NULL,
    -- the NIK that went out of sight: whoever looks for it is led to the kept one
    other_nik TEXT NOT NULL,
    merged_on TEXT NOT NULL,
    CHECK (kept <> merged)
) STRICT;

CREATE INDEX worker_merge_kept ON worker_merge (kept);

CREATE INDEX worker_merge_merged ON worker_merge (merged);

CREATE INDEX worker_merge_nik ON worker_merge (other_nik) WHERE living = 1;

-- Who looks like whom is found in these three without reading the workers' own rows: those born on one day and those
-- of one nagari with their names, and those of one name with their birth dates.
DROP INDEX worker_born_on;

CREATE INDEX worker_born_on ON worker (born_on, name_key) WHERE living = 1;

DROP INDEX worker_nagari;

CREATE INDEX worker_nagari ON worker (nagari, born_on, name_key) WHERE living = 1;

DROP INDEX worker_name;

CREATE INDEX worker_name ON worker (name_key, id, nagari, covered_until, schemes, born_on) WHERE living = 1;
