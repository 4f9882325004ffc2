// `rolecall users export`: everything that a store has.
#include "cli/commands.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include "cli/users/csv.hpp"
#include "cli/users/json.hpp"
#include "cli/users/store.hpp"
#include "import/formula_guard.hpp"
#include "import/text_check.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

template <class Show>
void each_user_by_id(user_store const& store, Show const& show) {
    std::vector<assigned_role> roles;
    for (std::string const& id : sorted_ids(store))
        if (read_roles(store, id, roles)) show(id, roles);
}

void write_csv(user_store const& store, output& to) {
    to.line("user,role,until");
    each_user_by_id(store, [&](std::string const& id, std::vector<assigned_role> const& roles) {
        std::string const field = csv_id(id);
        if (roles.empty()) to.line(field + ",,");
        for (assigned_role const& role : roles)
            to.line(field + ',' + role.role + ',' + (role.until ? role.until->to_string() : ""));
    });
}

void write_json(user_store const& store, output& to) {
    bool first = true;
    each_user_by_id(store, [&](std::string const& id, std::vector<assigned_role> const& roles) {
        to.write(first ? "[\n" : ",\n");
        to.write(to_json(id, roles));
        first = false;
    });
    to.line(first ? "[]" : "\n]");
}

}  // namespace

std::string csv_id(std::string_view id) {
    std::string const cell = csv::guarded(id);
    bool const blanks_around = csv::trimmed(cell).size() != cell.size();
    return blanks_around && csv_field(cell) == cell ? '"' + cell + '"' : csv_field(cell);
}

int run_users_export(users_export_arguments const& arguments, streams& to) {
    return with_store(arguments.store, store_access::read, to, [&](user_store& store) {
        if (arguments.format == output_format::json)
            write_json(store, to.out);
        else
            write_csv(store, to.out);
        return exit_code::fine;
    });
}

}  // namespace rolecall::inline v0_1::cli
