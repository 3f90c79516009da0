-- Money and what it rests on: funds with what came in and what was paid, legal bases with their files, rosters of who
-- is obliged, promises of companies, Perisai agents and their events, the waiting list; schemes and rates as data.

-- Kept once however many records point at it.
CREATE TABLE attachment (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

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

-- A payment code is used once.
CREATE UNIQUE INDEX payment_code ON payment (code) WHERE living = 1;
CREATE INDEX payment_fund ON payment (fund, living, amount);

-- What the enrolment rests on; rejection: the named reason; replaces: the rejected one whose place it took.
ALTER TABLE enrolment ADD COLUMN fund INTEGER REFERENCES fund (id);
ALTER TABLE enrolment ADD COLUMN decree INTEGER REFERENCES legal_basis (id);
ALTER TABLE enrolment ADD COLUMN replaces INTEGER REFERENCES enrolment (id);
ALTER TABLE enrolment ADD COLUMN rejection TEXT NOT NULL DEFAULT '';

-- The calendar of periods that run out.
CREATE INDEX enrolment_end ON enrolment (last_month, scheme, fund, worker) WHERE counts = 1;
-- Holds all that a ledger sums.
CREATE INDEX enrolment_fund ON enrolment (fund, counts, last_month, first_month, contribution, worker)
WHERE fund IS NOT NULL;
CREATE INDEX enrolment_decree ON enrolment (decree) WHERE decree IS NOT NULL;
-- Who pays for whom, by office: the obligation board.
CREATE INDEX enrolment_payer ON enrolment (
    scheme, counts, payer_office, payer_name, payer_number, last_month, first_month, worker, contribution
);

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

-- How many of a kind exist at an office: civil servants per OPD, officials per nagari, officers per cooperative.
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

-- What a company promised: heads, or rupiah, or both.
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

-- areas: codes of nagari, separated by blanks.
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
CREATE INDEX worker_agent ON worker (perisai_agent, nagari) WHERE living = 1 AND perisai_agent <> '';

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

-- Who may be enrolled in a scheme: NULL and '' ask for nothing more than the office's own rules.
ALTER TABLE scheme ADD COLUMN min_age INTEGER;
ALTER TABLE scheme ADD COLUMN max_age INTEGER;
ALTER TABLE scheme ADD COLUMN occupation_kinds TEXT NOT NULL DEFAULT '';
ALTER TABLE scheme ADD COLUMN needs_source_list INTEGER;
ALTER TABLE scheme ADD COLUMN bars_members INTEGER;
ALTER TABLE scheme ADD COLUMN closed_on TEXT;

-- A rate is never deleted: a mistake is withdrawn, with the day.
ALTER TABLE rate ADD COLUMN withdrawn_on TEXT;
ALTER TABLE relief ADD COLUMN withdrawn_on TEXT;
-- Wages above it count as it (pension); NULL: no cap.
ALTER TABLE rate ADD COLUMN wage_cap INTEGER;
