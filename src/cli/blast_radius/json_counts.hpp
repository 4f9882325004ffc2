// Counts of what is exposed, as JSON. Only what writes JSON includes it.
#ifndef ROLECALL_CLI_BLAST_RADIUS_JSON_COUNTS_HPP
#define ROLECALL_CLI_BLAST_RADIUS_JSON_COUNTS_HPP

#include "cli/json_values.hpp"
#include <rolecall/blast_radius.hpp>

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

inline boost::json::object count_object(exposure_count const& of) {
    boost::json::object result;
    result["certain"] = of.certain;
    result["possible"] = of.possible;
    return result;
}

/// A member for each action.
template <class Count, class ToObject>
boost::json::object by_action_object(std::vector<std::string> const& actions,
                                     std::vector<Count> const& counts, ToObject const& to_object) {
    boost::json::object result;
    for (std::size_t i = 0; i < actions.size(); ++i)
        result[json_text(actions[i])] = to_object(counts[i]);
    return result;
}

}  // namespace rolecall::inline v0_1::cli

#endif
