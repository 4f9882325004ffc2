// Everybody, by what they expose.
#include "exposure/cells.hpp"
#include "exposure/peers.hpp"
#include "review/name_order.hpp"
#include <rolecall/blast_radius.hpp>

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

using exposure::cells;
using exposure::counts;

// Counts of one level alone, if one is asked for.
class ranker {
public:
    ranker(cells const& of, std::optional<std::size_t> level) : of_(of), level_(level) {}

    void add(counted_exposure who, exposure::words const& exposed) {
        counts counted = of_.count(exposed);
        if (level_) {
            counted.levels = {std::move(counted.levels[*level_])};
            counted.total = counted.levels.front();
        }
        if (counted.total.rights.possible == 0) return;
        found_.emplace_back(std::move(counted), std::move(who));
    }

    [[nodiscard]] std::vector<counted_exposure> take() {
        std::sort(found_.begin(), found_.end(), [](entry const& a, entry const& b) {
            if (b.first.less_than(a.first)) return true;
            if (a.first.less_than(b.first)) return false;
            return a.second.names.front() < b.second.names.front();
        });
        std::vector<counted_exposure> result;
        result.reserve(found_.size());
        for (auto& [counted, who] : found_) {
            who.levels = std::move(counted.levels);
            who.total = std::move(counted.total);
            result.push_back(std::move(who));
        }
        found_.clear();
        return result;
    }

private:
    using entry = std::pair<counts, counted_exposure>;
    cells const& of_;
    std::optional<std::size_t> level_;
    std::vector<entry> found_;
};

}  // namespace

exposure_ranking rank_exposure(policy const& by, users_view directory,
                               exposure_options const& options,
                               std::optional<std::string_view> level) {
    cells const of(by, options.known);
    detail::policy_data const& p = of.data();
    exposure_ranking result;
    result.why = reason::unknown_name;
    if (!of.facts_fit()) return result;
    result.levels = of.levels().names();
    result.of = of.levels().sizes();
    std::optional<std::size_t> chosen;
    if (level) {
        auto const at = std::find(result.levels.begin(), result.levels.end(), *level);
        if (level->empty() || at == result.levels.end()) {
            result.levels.clear();
            result.of.clear();
            return result;
        }
        chosen = static_cast<std::size_t>(at - result.levels.begin());
        result.levels = {std::string(*level)};
        result.of = {result.of[*chosen]};
    }
    review::people const all(p, directory);
    result.why = all.complete ? reason::granted : reason::unavailable;
    if (!result) return result;
    result.actions = of.action_names();

    ranker rank(of, chosen);
    for (std::uint32_t const role : review::by_name(p.roles)) {
        ++result.role_count;
        counted_exposure who;
        who.what = holder::kind::role;
        who.names.emplace_back(p.roles.name(role));
        rank.add(std::move(who), of.of_role(role));
    }
    result.roles = rank.take();

    review::role_sets const sets(p, all.given, options.on);
    auto const users = exposure::users_of_sets(all, sets);
    for (std::size_t i = 0; i < sets.sets.size(); ++i) {
        if (!sets.sets[i].ok()) continue;
        result.user_count += users[i].size();
        counted_exposure who;
        who.what = holder::kind::user;
        for (std::size_t const user : users[i]) who.names.push_back(all.users[user].id);
        for (std::uint32_t const role : sets.sets[i].held)
            who.roles.emplace_back(p.roles.name(role));
        rank.add(std::move(who), of.of(detail::view_of(sets.sets[i])));
    }
    result.users = rank.take();
    return result;
}

}  // namespace rolecall::inline v0_1
