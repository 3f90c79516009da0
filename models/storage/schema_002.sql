-- Users, proposed corrections, and an audit trail in which every row seals the ones before it.

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
    full_name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('clerk', 'verifier', 'supervisor', 'administrator')),
    password TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    -- wrong passwords in a row; no part of the record's hash
    failures INTEGER NOT NULL DEFAULT 0,
    failed_at TEXT
) STRICT;

-- fields: [[field, old, new], ...] as in audit.
CREATE TABLE correction_request (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    worker INTEGER NOT NULL REFERENCES worker (id),
    fields TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn')),
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT NOT NULL DEFAULT '',
    decided_at TEXT,
    decision TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX correction_request_worker ON correction_request (worker);
CREATE INDEX correction_request_open ON correction_request (proposed_at) WHERE state = 'open';

-- Day on which the personal data of a record past its term were erased.
ALTER TABLE worker ADD COLUMN anonymised_on TEXT;

-- One row a record changed; rows of one save share the transaction's number. fields: [[field, old, new], ...].
-- hash seals the row and the hash before it; row_hash is that of the record as this change left it. salt keeps both
-- from being guessed back. Where personal data were erased, fields_digest stands for fields and the salt is gone.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    save INTEGER NOT NULL,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    record INTEGER NOT NULL,
    origin TEXT NOT NULL,
    fields TEXT NOT NULL,
    fields_digest BLOB,
    salt BLOB NOT NULL,
    row_hash BLOB,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
