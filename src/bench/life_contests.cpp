// What happens now and then: a policy is loaded, roles become active, a policy is replaced.
#include "bench/floors.hpp"
#include "bench/stage.hpp"
#include <rolecall/authorizer.hpp>
#include <rolecall/digest.hpp>
#include <rolecall/sinks.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace rolecall::inline v0_1::bench {
namespace {

constexpr std::size_t askers_of_pass = 256;
constexpr std::size_t most_row_bytes = std::size_t{16} << 20U;

// Rows as wide as the policy's, to be united: what activating roles comes down to.
class row_store {
public:
    row_store(std::size_t roles, std::size_t width) : width_(std::max<std::size_t>(width, 1)) {
        std::size_t const fit = most_row_bytes / (width_ * sizeof(std::uint32_t)) + 1;
        rows_ = std::clamp<std::size_t>(roles, 1, fit);
        cells_.assign(rows_ * width_, 0x00010001U);
    }

    [[nodiscard]] std::uint64_t unite(std::span<std::uint32_t const> roles) const {
        std::vector<std::uint32_t> sum(width_);
        for (std::uint32_t const role : roles) {
            std::uint32_t const* const row = cells_.data() + role % rows_ * width_;
            for (std::size_t i = 0; i < width_; ++i) sum[i] |= row[i];
        }
        keep(sum.data());
        return sum.back();
    }

private:
    std::size_t width_, rows_ = 1;
    std::vector<std::uint32_t> cells_;
};

// Roles that may be active together, by number and by reference.
struct crew {
    std::vector<std::uint32_t> numbers;
    std::vector<role_ref> roles;
};

crew random_crew(vocabulary const& words, std::size_t size, random_source& random) {
    crew result;
    while (result.numbers.size() < size) {
        auto const number = static_cast<std::uint32_t>(random.below(words.roles().size()));
        if (std::find(result.numbers.begin(), result.numbers.end(), number) != result.numbers.end())
            continue;
        result.numbers.push_back(number);
        result.roles.push_back(words.roles()[number].reference);
    }
    return result;
}

std::vector<crew> crews_of(vocabulary const& words, std::size_t size, std::uint64_t seed) {
    std::vector<crew> result;
    if (words.roles().size() < size) return result;
    random_source random(seed);
    for (std::size_t tries = 0; tries < askers_of_pass * 4; ++tries) {
        crew one = random_crew(words, size, random);
        if (words.of().activate(one.roles)) result.push_back(std::move(one));
        if (result.size() == askers_of_pass) break;
    }
    return result;
}

// Users whose roles may be active, and a map from all ids to their roles.
struct listed_users {
    std::vector<std::string> ids;  // each with bytes of its own, as an id that arrives has
    boost::unordered_flat_map<std::string_view, std::vector<std::uint32_t>, short_text_hash> roles;
};

listed_users users_of(vocabulary const& words, date on, std::uint64_t seed) {
    listed_users result;
    std::vector<written_user> const& all = words.of().source().users;
    boost::unordered_flat_map<std::string_view, std::uint32_t, short_text_hash> numbers;
    for (auto const& role : words.roles())
        numbers.emplace(role.name, static_cast<std::uint32_t>(numbers.size()));
    for (written_user const& user : all) {
        std::vector<std::uint32_t>& roles = result.roles[user.id.text];
        for (written_assignment const& given : user.assignments)
            if (!given.until || on <= *given.until)
                for (written_name const& role : given.roles) roles.push_back(numbers.at(role.text));
    }
    random_source random(seed);
    for (std::size_t tries = 0; !all.empty() && tries < askers_of_pass * 16; ++tries) {
        written_user const& user = all[random.below(all.size())];
        if (words.of().activate_user(user.id.text, on)) result.ids.push_back(user.id.text);
        if (result.ids.size() == askers_of_pass * 4) break;
    }
    return result;
}

// ---- Loading -----------------------------------------------------------------------------

// The bytes of a file, read and dropped.
std::size_t read_file(std::string const& path, std::vector<char>& room) noexcept {
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    std::size_t total = 0;
    for (ssize_t got = 1; got > 0;) {
        got = ::read(file, room.data(), room.size());
        if (got > 0) total += static_cast<std::size_t>(got);
    }
    ::close(file);
    return total;
}

void load(stage& on, contest& c) {
    std::vector<source_file> const& files = on.of.source().files;
    std::vector<char> room(std::size_t{1} << 20U);
    std::vector<contest::id> floors;
    floors.push_back(c.floor("reading the files", 1, [&files, room]() mutable {
        std::size_t bytes = 0;
        for (source_file const& file : files) bytes += read_file(file.path, room);
        return bytes;
    }));
    c.measure(
        "load", 1, [&on] { return yaml::load(on.with.path, on.with.load) ? 1U : 0U; }, floors);
}

std::size_t copy_of_rules(document const& rules) {
    document const copy = rules;
    keep(copy.roles.data());
    return copy.roles.size();
}

void compile(stage& on, contest& c) {
    document const& rules = on.of.source();
    contest::id const f =
        c.floor("copying the rules", 1, [&rules] { return copy_of_rules(rules); });
    c.measure("compile, what was read", 1,
              [&on, &rules] { return yaml::compile(rules, on.with.load) ? 1U : 0U; }, {f});
}

}  // namespace

void activate_sessions(stage& on) {
    contest c("make a session");
    row_store const rows(on.words.roles().size(), on.words.categories().size());
    std::array<std::vector<crew>, 3> crews;
    std::array<std::size_t, 3> const sizes{1, 3, 8};
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        crews[i] = crews_of(on.words, sizes[i], on.with.questions.seed);
        std::string const name =
            sizes[i] == 1 ? "of one role" : "of " + std::to_string(sizes[i]) + " roles";
        std::vector<crew> const& asked = crews[i];
        if (asked.empty()) {
            on.leave_out(c.group(), name,
                         on.words.roles().size() < sizes[i]
                             ? "the policy has fewer roles"
                             : "no such roles were found that may be active together");
            continue;
        }
        contest::id const f = c.floor("rows united", asked.size(), [&rows, &asked] {
            std::uint64_t sum = 0;
            for (crew const& one : asked) sum += rows.unite(one.numbers);
            return sum;
        });
        c.measure(name, asked.size(),
                  [&on, &asked] {
                      std::uint64_t made = 0;
                      for (crew const& one : asked) made += on.of.activate(one.roles) ? 1U : 0U;
                      return made;
                  },
                  {f});
    }
    listed_users const users = users_of(on.words, on.with.on, on.with.questions.seed);
    if (users.ids.empty()) {
        on.leave_out(c.group(), "of a listed user",
                     users.roles.empty() ? "the policy lists no users"
                                         : "no listed user was found whose roles may be active");
    } else {
        std::size_t const n = users.ids.size();
        contest::id const f = c.floor("hash map, rows united", n, [&rows, &users] {
            std::uint64_t sum = 0;
            for (std::string const& id : users.ids)
                sum += rows.unite(users.roles.find(std::string_view(id))->second);
            return sum;
        });
        c.measure("of a listed user", n,
                  [&on, &users] {
                      std::uint64_t made = 0;
                      for (std::string const& id : users.ids)
                          made += on.of.activate_user(id, on.with.on) ? 1U : 0U;
                      return made;
                  },
                  {f});
    }
    c.run(on.options, on.to);
}

void load_and_replace(stage& on) {
    contest c("a policy");
    load(on, c);
    compile(on, c);

    // Each pass is given a policy of its own: the fingerprint of one is kept with it.
    authorizer pdp(on.of, no_records{}, {.versions_kept = 0});
    std::optional<policy> newer;
    auto const prepare = [&on, &newer] {
        newer = yaml::compile(on.of.source(), on.with.load).value();
    };
    contest::id const copied =
        c.floor("copying the rules", 1, [&on] { return copy_of_rules(on.of.source()); });
    contest::id const fingerprint = c.measure_prepared(
        "fingerprint", 1, prepare, [&newer] { return digest(*newer).size(); }, {copied});
    c.measure_prepared("replace in an authorizer", 1, prepare,
                       [&pdp, &newer] { return pdp.replace(*newer).version; }, {fingerprint});
    c.run(on.options, on.to);
}

}  // namespace rolecall::inline v0_1::bench
