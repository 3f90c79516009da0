CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE TABLE agent (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    office TEXT NOT NULL,
    revision INTEGER NOT NULL,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    code TEXT NOT NULL COLLATE NOCASE CHECK (code <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    nik TEXT NOT NULL,
    phone TEXT NOT NULL,
    areas TEXT NOT NULL,
    active_from TEXT NOT NULL,
    active_until TEXT,
    notes TEXT NOT NULL,
    CHECK (active_until IS NULL OR active_until >= active_from)
) STRICT;

CREATE UNIQUE INDEX agent_code ON agent (code) WHERE living = 1;

CREATE TABLE attachment (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

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

CREATE INDEX audit_at ON audit (at);

CREATE TRIGGER audit_grows_in_order BEFORE INSERT ON audit
WHEN new.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
BEGIN
    SELECT raise(ABORT, 'audit rows follow each other');
END;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
WHEN NOT (
    old.fields_digest IS NULL AND length(new.fields_digest) = 32 AND new.fields = '' AND new.salt = x''
    AND new.id = old.id AND new.save = old.save AND new.at = old.at AND new.user = old.user
    AND new.action = old.action AND new.kind = old.kind AND new.record = old.record AND new.origin = old.origin
    AND new.row_hash IS old.row_hash AND new.hash = old.hash
)
BEGIN
    SELECT raise(ABORT, 'audit rows are never changed');
END;

CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'audit rows are never removed');
END;

CREATE INDEX audit_record ON audit (kind, record);

CREATE INDEX audit_save ON audit (save);

CREATE INDEX audit_user ON audit (user, save);

CREATE TABLE bpjs_count (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    area TEXT NOT NULL,
    segment TEXT,
    number INTEGER NOT NULL CHECK (number >= 0),
    counted_on TEXT NOT NULL,
    source TEXT NOT NULL,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1))
) STRICT;

CREATE TABLE column_layout (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
    columns TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX column_layout_name ON column_layout (name) WHERE living = 1;

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

CREATE INDEX correction_request_open ON correction_request (proposed_at) WHERE state = 'open';

CREATE INDEX correction_request_worker ON correction_request (worker);

CREATE TABLE coverage_change (
    counted TEXT NOT NULL,
    nagari TEXT NOT NULL,
    month INTEGER NOT NULL,
    change INTEGER NOT NULL,
    PRIMARY KEY (counted, nagari, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    form TEXT NOT NULL,
    fields TEXT NOT NULL,
    focus TEXT NOT NULL,
    user TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;

CREATE TABLE eligible_workers (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    area TEXT NOT NULL,
    segment TEXT,
    number INTEGER NOT NULL CHECK (number > 0),
    counted_on TEXT NOT NULL,
    source TEXT NOT NULL,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1))
) STRICT;

CREATE TABLE enrolment (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    office TEXT NOT NULL,
    revision INTEGER NOT NULL,
    worker INTEGER NOT NULL REFERENCES worker (id),
    scheme INTEGER NOT NULL REFERENCES scheme (id),
    segment TEXT NOT NULL,
    programmes TEXT NOT NULL,
    first_month INTEGER NOT NULL,
    last_month INTEGER NOT NULL,
    base INTEGER NOT NULL,
    prices TEXT NOT NULL,
    contribution INTEGER NOT NULL CHECK (contribution >= 0),
    is_subsidised INTEGER NOT NULL CHECK (is_subsidised IN (0, 1)),
    state TEXT NOT NULL,
    counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
    payer_name TEXT NOT NULL,
    payer_number TEXT NOT NULL,
    payer_office TEXT NOT NULL,
    kpj TEXT NOT NULL,
    paid_on TEXT,
    registered_on TEXT NOT NULL,
    state_reason TEXT NOT NULL, fund INTEGER REFERENCES fund (id), decree INTEGER REFERENCES legal_basis (id), replaces INTEGER REFERENCES enrolment (id), rejection TEXT NOT NULL DEFAULT '',
    CHECK (last_month >= first_month)
) STRICT;

CREATE INDEX enrolment_decree ON enrolment (decree) WHERE decree IS NOT NULL;

CREATE INDEX enrolment_end ON enrolment (last_month, scheme, fund, worker) WHERE counts = 1;

CREATE INDEX enrolment_fund ON enrolment (fund, counts, last_month, first_month, contribution, worker)
WHERE fund IS NOT NULL;

CREATE TRIGGER enrolment_no_second_subsidy BEFORE INSERT ON enrolment
WHEN new.is_subsidised = 1 AND new.counts = 1 AND new.segment = 'BPU' AND EXISTS (
    SELECT 1 FROM enrolment AS other
    WHERE other.worker = new.worker AND other.is_subsidised = 1 AND other.counts = 1 AND other.segment = 'BPU'
        AND other.first_month <= new.last_month AND other.last_month >= new.first_month
)
BEGIN
    SELECT raise(ABORT, 'second subsidy');
END;

CREATE TRIGGER enrolment_no_second_subsidy_later BEFORE UPDATE ON enrolment
WHEN new.is_subsidised = 1 AND new.counts = 1 AND new.segment = 'BPU' AND EXISTS (
    SELECT 1 FROM enrolment AS other
    WHERE other.worker = new.worker AND other.id <> new.id
        AND other.is_subsidised = 1 AND other.counts = 1 AND other.segment = 'BPU'
        AND other.first_month <= new.last_month AND other.last_month >= new.first_month
)
BEGIN
    SELECT raise(ABORT, 'second subsidy');
END;

CREATE INDEX enrolment_payer ON enrolment (
    scheme, counts, payer_office, payer_name, payer_number, last_month, first_month, worker, contribution
);

CREATE INDEX enrolment_scheme ON enrolment (scheme, first_month);

CREATE INDEX enrolment_worker ON enrolment (worker);

CREATE TABLE fund (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    office TEXT NOT NULL,
    revision INTEGER NOT NULL,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    scheme INTEGER NOT NULL REFERENCES scheme (id),
    name TEXT NOT NULL CHECK (name <> ''),
    payer TEXT NOT NULL,
    year INTEGER NOT NULL,
    ceiling INTEGER NOT NULL CHECK (ceiling > 0),
    legal_basis INTEGER REFERENCES legal_basis (id),
    notes TEXT NOT NULL,
    -- why a supervisor let more be committed than came in
    over_reason TEXT NOT NULL DEFAULT '',
    closed_on TEXT
) STRICT;

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE legal_basis (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    office TEXT NOT NULL,
    revision INTEGER NOT NULL,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    kind TEXT NOT NULL CHECK (kind IN ('mou', 'circular', 'decree', 'draft_perda', 'perda', 'other')),
    number TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    parties TEXT NOT NULL,
    valid_from TEXT,
    valid_until TEXT,
    replaces INTEGER REFERENCES legal_basis (id),
    attachment BLOB REFERENCES attachment (hash),
    notes TEXT NOT NULL,
    CHECK (valid_until IS NULL OR valid_from IS NULL OR valid_until >= valid_from)
) STRICT;

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

CREATE TABLE occupation (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;

CREATE TABLE outreach (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    agent INTEGER REFERENCES agent (id),
    held_on TEXT NOT NULL,
    nagari TEXT NOT NULL,
    topic TEXT NOT NULL CHECK (topic <> ''),
    attendance INTEGER NOT NULL CHECK (attendance >= 0),
    notes TEXT NOT NULL
) STRICT;

CREATE TABLE paper (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    enrolment INTEGER REFERENCES enrolment (id),
    frozen TEXT NOT NULL,
    copies INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, year, sequence)
) STRICT;

CREATE INDEX paper_enrolment ON paper (enrolment);

CREATE TABLE payment (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    fund INTEGER NOT NULL REFERENCES fund (id),
    code TEXT NOT NULL CHECK (code <> ''),
    amount INTEGER NOT NULL CHECK (amount > 0),
    paid_on TEXT NOT NULL,
    first_month INTEGER NOT NULL,
    last_month INTEGER NOT NULL,
    heads INTEGER NOT NULL CHECK (heads > 0),
    notes TEXT NOT NULL,
    CHECK (last_month >= first_month)
) STRICT;

CREATE UNIQUE INDEX payment_code ON payment (code) WHERE living = 1;

CREATE INDEX payment_fund ON payment (fund, living, amount);

CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    scheme INTEGER NOT NULL REFERENCES scheme (id),
    company TEXT NOT NULL CHECK (company <> ''),
    year INTEGER NOT NULL,
    heads INTEGER CHECK (heads > 0),
    amount INTEGER CHECK (amount > 0),
    legal_basis INTEGER REFERENCES legal_basis (id),
    notes TEXT NOT NULL,
    CHECK (heads IS NOT NULL OR amount IS NOT NULL)
) STRICT;

CREATE TABLE rate (
    id INTEGER PRIMARY KEY,
    segment TEXT NOT NULL,
    programme TEXT NOT NULL,
    risk_class INTEGER,
    income_from INTEGER,
    base INTEGER,
    amount INTEGER,
    share INTEGER,
    first_month INTEGER NOT NULL,
    last_month INTEGER,
    source TEXT NOT NULL, withdrawn_on TEXT, wage_cap INTEGER,
    CHECK ((amount IS NULL) <> (share IS NULL))
) STRICT;

CREATE TABLE receipt (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    fund INTEGER NOT NULL REFERENCES fund (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    received_on TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

CREATE INDEX receipt_fund ON receipt (fund, living, amount);

CREATE TABLE region (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
    population INTEGER
) STRICT;

CREATE TABLE region_alias (
    alias TEXT NOT NULL,
    code TEXT NOT NULL REFERENCES region (code),
    PRIMARY KEY (alias, code)
) STRICT;

CREATE TABLE relief (
    id INTEGER PRIMARY KEY,
    segment TEXT NOT NULL,
    programme TEXT NOT NULL,
    percent_off INTEGER NOT NULL CHECK (percent_off BETWEEN 1 AND 100),
    applies_to_public_money INTEGER NOT NULL CHECK (applies_to_public_money IN (0, 1)),
    first_month INTEGER NOT NULL,
    last_month INTEGER,
    source TEXT NOT NULL
, withdrawn_on TEXT) STRICT;

CREATE TABLE roster (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    scheme INTEGER NOT NULL REFERENCES scheme (id),
    unit TEXT NOT NULL CHECK (unit <> ''),
    number INTEGER NOT NULL CHECK (number >= 0),
    counted_on TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

CREATE INDEX roster_scheme ON roster (scheme, unit, counted_on) WHERE living = 1;

CREATE TABLE scheme (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    segment TEXT NOT NULL,
    programmes TEXT NOT NULL,
    payer_kind TEXT NOT NULL,
    is_public_money INTEGER NOT NULL CHECK (is_public_money IN (0, 1)),
    is_subsidised INTEGER NOT NULL CHECK (is_subsidised IN (0, 1)),
    usual_months INTEGER NOT NULL CHECK (usual_months BETWEEN 1 AND 60),
    wage_base INTEGER,
    risk_class INTEGER,
    asks TEXT NOT NULL
, min_age INTEGER, max_age INTEGER, occupation_kinds TEXT NOT NULL DEFAULT '', needs_source_list INTEGER, bars_members INTEGER, closed_on TEXT) STRICT;

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

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE target (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    permyriad INTEGER NOT NULL CHECK (permyriad BETWEEN 1 AND 10000),
    due_on TEXT NOT NULL,
    source TEXT NOT NULL,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1))
) STRICT;

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

CREATE TABLE waiting (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    worker INTEGER NOT NULL REFERENCES worker (id),
    scheme INTEGER NOT NULL REFERENCES scheme (id),
    added_on TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX waiting_once ON waiting (worker, scheme) WHERE living = 1;

CREATE INDEX waiting_scheme ON waiting (scheme, added_on, id) WHERE living = 1;

CREATE TABLE worker (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    office TEXT NOT NULL,
    revision INTEGER NOT NULL,
    living INTEGER NOT NULL DEFAULT 1 CHECK (living IN (0, 1)),
    nik TEXT NOT NULL CHECK (length(nik) = 16),
    family_card TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    name_key TEXT NOT NULL,
    title_before TEXT NOT NULL,
    title_after TEXT NOT NULL,
    birth_place TEXT NOT NULL,
    born_on TEXT,
    sex TEXT,
    marital_status TEXT,
    mother_name TEXT NOT NULL,
    address TEXT NOT NULL,
    jorong TEXT NOT NULL,
    nagari TEXT NOT NULL,
    postcode TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    occupation TEXT NOT NULL,
    work_place TEXT NOT NULL,
    income INTEGER,
    segment TEXT NOT NULL,
    source_list TEXT NOT NULL,
    source_decile INTEGER,
    proof_kind TEXT NOT NULL,
    proof_number TEXT NOT NULL,
    perisai_agent TEXT NOT NULL,
    heir_name TEXT NOT NULL,
    heir_relation TEXT NOT NULL,
    heir_nik TEXT NOT NULL,
    kpj TEXT NOT NULL,
    notes TEXT NOT NULL,
    reasons TEXT NOT NULL,
    -- kept from the worker's enrolments in the same transaction, so that a list needs no join
    schemes TEXT NOT NULL DEFAULT '',
    covered_from INTEGER,
    covered_until INTEGER
, anonymised_on TEXT, merged_into INTEGER REFERENCES worker (id)) STRICT;

CREATE INDEX worker_agent ON worker (perisai_agent, nagari) WHERE living = 1 AND perisai_agent <> '';

CREATE INDEX worker_born_on ON worker (born_on, name_key) WHERE living = 1;

CREATE INDEX worker_covered_until ON worker (covered_until, id) WHERE living = 1;

CREATE INDEX worker_family_card ON worker (family_card) WHERE living = 1 AND family_card <> '';

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

CREATE INDEX worker_merged_into ON worker (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX worker_nagari ON worker (nagari, born_on, name_key) WHERE living = 1;

CREATE INDEX worker_name ON worker (name_key, id, nagari, covered_until, schemes, born_on) WHERE living = 1;

CREATE UNIQUE INDEX worker_nik ON worker (nik) WHERE living = 1;

CREATE VIRTUAL TABLE worker_text USING fts5 (
    name_key, nik, family_card, content = 'worker', content_rowid = 'id', tokenize = 'trigram'
);
