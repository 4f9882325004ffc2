#include "trail_store/schema.hpp"

#include "cli/opened_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <system_error>

namespace rolecall::inline v0_1::trail {

namespace {

using kind = user_store_error::kind;
using sqlite::database;

constexpr char const* tables = R"sql(
CREATE TABLE about (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE writers (
    writer INTEGER NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL  -- of the last record that is here
) STRICT;
CREATE TABLE policies (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (digest, version)
) STRICT;
CREATE TABLE actors (
    id INTEGER PRIMARY KEY,
    user TEXT NOT NULL,    -- empty: roles asked, or nobody
    active TEXT NOT NULL,  -- a JSON array of names
    held TEXT NOT NULL,    -- the same
    UNIQUE (user, active, held)
) STRICT;
CREATE TABLE records (
    writer INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    time INTEGER NOT NULL,  -- nanoseconds since 1970-01-01 UTC
    kind TEXT NOT NULL,     -- decision, policy-activated, started, gap, …
    actor INTEGER NOT NULL REFERENCES actors (id),
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    category TEXT NOT NULL,
    record TEXT NOT NULL,         -- the id of the customer or record that it was about
    decision TEXT NOT NULL,       -- allow or deny; of other kinds, empty
    reason TEXT NOT NULL,
    granting_role TEXT NOT NULL,
    policy INTEGER NOT NULL REFERENCES policies (id),
    facts TEXT NOT NULL,          -- a JSON object: true, false, or null where it is not known
    details TEXT NOT NULL,        -- a JSON object: what a note says, and what other kinds have
    imported INTEGER NOT NULL,       -- 1: from the log of another application
    record_hashed INTEGER NOT NULL,  -- 1: `record` is a hash
    PRIMARY KEY (writer, sequence)
) STRICT, WITHOUT ROWID;

CREATE VIEW trail AS
    SELECT r.writer, r.sequence, r.time,
           strftime('%Y-%m-%dT%H:%M:%fZ', r.time / 1e9, 'unixepoch') AS at,
           date(r.time / 1000000000, 'unixepoch') AS day,
           r.kind, a.user, a.active, a.held, r.origin, r.action, r.category, r.record, r.decision,
           r.reason, r.granting_role, r.facts, r.details, p.version AS policy_version,
           p.digest AS policy_digest, r.imported, r.record_hashed
    FROM records r JOIN actors a ON a.id = r.actor JOIN policies p ON p.id = r.policy;
CREATE VIEW decisions AS
    SELECT at, day, user, decision, action, category, record, reason, granting_role, active, facts,
           origin, policy_version, policy_digest, imported, writer, sequence, time
    FROM trail WHERE kind = 'decision';
CREATE VIEW notes AS
    SELECT at, day, kind, details, writer, sequence, time
    FROM trail WHERE decision = '' AND kind <> 'decision';
CREATE VIEW accesses AS
    SELECT user, action, category, record, count(*) AS times, min(at) AS first, max(at) AS last
    FROM trail WHERE kind = 'decision' AND decision = 'allow'
    GROUP BY user, action, category, record;
CREATE VIEW denials_per_day AS
    SELECT day, user, action, category, reason, count(*) AS denials
    FROM trail WHERE decision = 'deny'
    GROUP BY day, user, action, category, reason;
CREATE VIEW daily AS
    SELECT day, count(*) AS decisions, count(DISTINCT user) AS users,
           sum(decision = 'allow') AS allowed, sum(decision = 'deny') AS denied
    FROM trail WHERE kind = 'decision' GROUP BY day;
)sql";

// (writer, sequence) stands at the end of each, as in every index of a table without row ids.
constexpr char const* indexes = R"sql(
CREATE INDEX IF NOT EXISTS records_by_time ON records (time);
CREATE INDEX IF NOT EXISTS records_by_actor ON records (actor, time);
CREATE INDEX IF NOT EXISTS records_by_category ON records (category, time);
CREATE INDEX IF NOT EXISTS records_by_record ON records (record, time);
CREATE INDEX IF NOT EXISTS denials_by_time ON records (time) WHERE decision = 'deny';
CREATE INDEX IF NOT EXISTS notes_by_time ON records (time) WHERE kind <> 'decision';
)sql";

[[noreturn]] void refuse(database const& file, kind why, std::string const& what) {
    throw user_store_error(why, file.path() + ": " + what);
}

void make_tables(database& file) {
    sqlite::transaction all(file, sqlite::transaction::kind::write);
    if (file.number_of("SELECT count(*) FROM sqlite_schema") == 0) {
        file.execute("PRAGMA application_id = " + std::to_string(store_application_id));
        file.execute(tables);
        file.execute("PRAGMA user_version = " + std::to_string(store_schema));
    }
    all.commit();
}

}  // namespace

void make_store_file(std::string const& path) {
    cli::opened_file const made(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600));
    if (made.ok()) return;
    int const error = errno;
    bool const full = error == ENOSPC || error == EDQUOT;
    throw user_store_error(
        full ? kind::no_space : kind::io,
        path + ": it can't be made or written (" + std::generic_category().message(error) + ')');
}

void open_store(database& file, store_use how) {
    file.wait_for_locks(10'000);
    std::int64_t const mark = file.number_of("PRAGMA application_id");
    bool const empty = mark == 0 && file.number_of("SELECT count(*) FROM sqlite_schema") == 0;
    bool const ours = mark == store_application_id;
    if (!ours && !(empty && how == store_use::fill))
        refuse(file, kind::not_ours,
               "it has no records of a journal; `rolecall audit index` makes such a file");
    if (ours && file.number_of("PRAGMA user_version") != store_schema)
        refuse(file, kind::newer,
               "another version made it; remove it, and make it anew from the journal");
    file.trust_nothing();
    file.execute("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536");
    if (how == store_use::ask) return;
    // A batch is large: the price of a full sync is small. What was dropped is written over.
    file.execute("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    if (empty) make_tables(file);
}

void make_indexes(database& file) {
    file.execute(indexes);
    file.execute("PRAGMA analysis_limit = 400; PRAGMA optimize");
}

}  // namespace rolecall::inline v0_1::trail
