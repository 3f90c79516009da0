CREATE INDEX audit_record ON audit (kind, record);
CREATE INDEX audit_save ON audit (save);
CREATE INDEX audit_at ON audit (at);
-- A person's own saves, newest first.
CREATE INDEX audit_user ON audit (user, save);

CREATE TRIGGER audit_grows_in_order BEFORE INSERT ON audit
WHEN new.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
BEGIN
    SELECT raise(ABORT, 'audit rows follow each other');
END;

CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'audit rows are never removed');
END;

-- Only the values may go, once, and leave their digest.
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
