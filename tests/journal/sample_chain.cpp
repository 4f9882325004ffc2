#include "journal/sample_chain.hpp"

#include "journal/entry_writer.hpp"
#include "journal/folder.hpp"

#include <atomic>
#include <stdexcept>
#include <utility>

namespace rolecall::testing {
namespace {

using trail::actor_entry;
using trail::decision_entry;
using trail::policy_entry;

constexpr std::int64_t second = 1'000'000'000;

std::atomic<std::int64_t> time_now{sample_chain::first_time};
std::int64_t sample_now() noexcept { return time_now; }

policy_entry shop_policy(std::uint16_t slot, std::uint32_t version, std::string digest) {
    return {slot,
            77,
            version,
            std::move(digest),
            {"support", "billing"},
            {"account", "", "payment", "payment.card"},
            {"consent", "on-duty"},
            {"view", "update", "delete"}};
}

std::vector<actor_entry> actors() {
    return {{1, true, "dana", "till 3", {"support"}, {"support", "billing"}},
            {0x2'0007, true, "émile\n", "", {"billing"}, {"billing"}},
            {3, false, "", "10.1.2.3", {"support", "billing"}, {"support", "billing"}}};
}

// A decision, and the record that it should become.
class decisions {
public:
    explicit decisions(policy_entry const& by) : policy_(by) {}

    journal_record add(trail::entry_writer& to, decision_entry is) const {
        to.add(is);
        journal_record record;
        audit_record& e = record.event;
        e.time = is.time;
        e.decision = static_cast<decision>(is.decision);
        e.reason = static_cast<reason>(is.reason);
        e.category = policy_.categories.at(is.category);
        e.action = policy_.actions.at(is.action);
        if (is.granting_role != 0xFFFF'FFFF) e.granting_role = policy_.roles.at(is.granting_role);
        e.policy_version = policy_.version;
        e.policy_digest = policy_.digest;
        for (actor_entry const& a : actors()) {
            if (a.number != is.actor) continue;
            e.user = a.user;
            e.origin = a.origin;
            e.active_roles = a.active;
            e.held_roles = a.held;
        }
        for (std::size_t fact = 0; fact < policy_.facts.size(); ++fact) {
            if ((is.stated >> fact & 1U) == 0) continue;
            bool const yes = (is.stated_true >> fact & 1U) != 0;
            bool const no = (is.stated_false >> fact & 1U) != 0;
            e.facts.emplace_back(policy_.facts[fact],
                                 yes != no ? std::optional<bool>(yes) : std::nullopt);
        }
        record.record_hashed = is.record_hashed;
        e.record = is.record_hashed
                       ? trail::hex(std::as_bytes(std::span(is.record.data(), is.record.size())))
                       : std::string(is.record);
        return record;
    }

private:
    policy_entry policy_;
};

journal_record note(std::int64_t time, journal_note what,
                    std::vector<std::pair<std::string, std::string>> details) {
    journal_record record;
    record.note = what;
    record.event.time = time;
    record.details = std::move(details);
    return record;
}

// One of every kind of event that has names of its own.
std::vector<journal_record> events_by_names() {
    std::vector<journal_record> all(6);
    audit_record& unknown = all[0].event;
    unknown.user = "dana";
    unknown.active_roles = {"support"};
    unknown.held_roles = {"support"};
    unknown.action = "veiw";
    unknown.category = "acount";
    unknown.record = "order 17";
    unknown.origin = "till 3";
    unknown.facts = {{"consent", true}, {"on-duty", false}, {"weather", std::nullopt}};
    unknown.reason = reason::unknown_name;
    unknown.policy_version = 1;
    unknown.policy_digest = "d1";
    audit_record& activated = all[1].event;
    activated.kind = audit_kind::policy_activated;
    activated.policy_version = 2;
    activated.policy_digest = "d2";
    activated.previous_digest = "d1";
    audit_record& refused = all[2].event;
    refused.kind = audit_kind::policy_refused;
    refused.problem = std::string(70'000, 'p') + "\nlast line";
    refused.refused_digest = "d3";
    all[3].event.kind = audit_kind::lineage_begun;
    audit_record& roles = all[4].event;
    roles.kind = audit_kind::roles_unknown;
    roles.user = "zoé";
    roles.unknown_roles = {"chief", "", "chief"};
    all[5].imported = all[5].record_hashed = true;
    all[5].event.user = "old system";
    all[5].event.action = "view";
    all[5].event.category = "account";
    all[5].event.record = "000102030405060708090a0b0c0d0eff";
    all[5].event.decision = decision::allow;
    all[5].event.reason = reason::granted;
    return all;
}

}  // namespace

void demand(trail::trouble const& what) {
    if (what) throw std::runtime_error(what.text());
}

namespace {

trail::signing_key key_in(std::string const& path) {
    std::string problem;
    auto key = trail::signing_key::from_file(path, problem);
    if (!key) throw std::runtime_error(problem);
    return *key;
}

}  // namespace

sample_chain::sample_chain(std::uint32_t writers)
    : key_(key_in(key_file_.path())),
      path_(here_.path("journal")),
      public_path_(here_.write("public.pem", key_.public_pem())) {
    for (std::uint32_t writer = 1; writer <= writers; ++writer) write(writer);
}

std::string sample_chain::segment_path(std::uint32_t writer, std::uint64_t segment) const {
    return path_ + '/' + trail::writer_name(writer) + '/' + trail::segment_name(segment);
}

void sample_chain::write(std::uint32_t writer) {
    trail::identity random{}, journal{};
    random.fill(std::byte{0x5f});
    auto& files = trail::real_files();
    demand(trail::open_folder(files, path_, true, random, journal));
    // Writers before this one were given back.
    std::string const folder = path_ + '/' + trail::writer_name(writer);
    if (int const error = files.make_folder(folder); error != 0)
        demand({"`" + folder + "` can't be made", error});
    trail::taken_writer taken;
    demand(trail::take_writer(files, path_, writer, taken));

    time_now = first_time + std::int64_t{1000} * writer;
    trail::chain_options options;
    options.segment_bytes = 256 << 10U;
    options.now = &sample_now;
    trail::chain_writer chain(files, taken.folder, journal, writer, options);
    trail::left_behind found;
    demand(chain.open(found));

    std::vector<journal_record> records;
    auto const keep = [&](journal_record record) {
        record.writer = writer;
        record.sequence = records.size() + 1;
        record.event.sequence = record.sequence;
        records.push_back(std::move(record));
    };
    auto const time = [] { return time_now += second; };
    trail::entry_writer batch;
    auto const keep_named = [&](journal_record const& record) {
        batch.add(record);
        keep(record);
    };
    auto const put = [&] {
        demand(chain.append(batch));
        batch.clear();
    };
    policy_entry const old_policy = shop_policy(0, 1, "d1"), new_policy = shop_policy(5, 2, "d2");
    auto const begin = [&] {
        batch.add(old_policy);
        batch.add(new_policy);
        for (actor_entry const& a : actors()) batch.add(a);
    };

    begin();
    keep_named(note(time(), journal_note::started,
                    {{"program", "shop"},
                     {"pid", "17"},
                     {"host", "h"},
                     {"origin", ""},
                     {"version", "0.1.0"},
                     {"run", "77"},
                     {"key", key_.fingerprint()}}));
    decisions const by_old(old_policy), by_new(new_policy);
    std::string const hashed("\0\x01\x7f\xff records!..", 16);
    keep(by_old.add(batch, {time(), 1, 0, 0, 0, 0, 1, 1, false, 0, 0, 0, "order 1"}));
    keep(by_old.add(batch, {time(), 0x2'0007, 3, 1, 0, 1, 1, 1, false, 1, 2, 3, "order 2"}));
    keep(by_old.add(batch, {time(), 3, 2, 0xFFFF'FFFF, 0, 2, 0, 7, true, 0, 0, 2, hashed}));
    put();
    demand(chain.sync());
    demand(chain.checkpoint(key_));
    for (journal_record record : events_by_names()) {
        record.event.time = time();
        keep_named(record);
        put();
    }
    demand(chain.roll());

    begin();
    std::string const long_id(4'096, 'i');
    keep(by_new.add(batch, {time(), 1, 2, 1, 5, 2, 1, 1, false, 3, 3, 3, long_id}));
    put();
    for (journal_note const what :
         {journal_note::gap, journal_note::recovered, journal_note::clock_changed,
          journal_note::read, journal_note::imported, journal_note::configured,
          journal_note::failed})
        keep_named(note(time(), what, {{"why", "a test"}, {"", std::string("\0x", 2)}}));
    keep_named(note(time(), journal_note::key_changed,
                    {{"from", "0123456789abcdef"},
                     {"to", key_.fingerprint()},
                     {"public", key_.public_pem()},
                     {"signature", ""}}));
    batch.add(trail::drained_entry{77, 0, 12, 3, 2});
    put();
    keep_named(note(time(), journal_note::stopped,
                    {{"run", "77"}, {"records", std::to_string(records.size())}}));
    put();
    demand(chain.checkpoint(key_));
    demand(chain.finish());
    journal_head head = chain.head();
    if (!trail::sign(head, key_)) throw std::runtime_error("a head can't be signed");
    heads_.push_back(std::move(head));
    records_.push_back(std::move(records));
}

}  // namespace rolecall::testing
