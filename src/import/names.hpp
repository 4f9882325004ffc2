// From the words of a spreadsheet to the names of a policy.
#ifndef ROLECALL_IMPORT_NAMES_HPP
#define ROLECALL_IMPORT_NAMES_HPP

#include "import/problems.hpp"
#include "import/rights_table.hpp"
#include <rolecall/document.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rolecall::inline v0_1::csv {

/// The role that stands for everybody, and its name.
inline constexpr std::string_view everybody = "*";
inline constexpr std::string_view everybody_name = "all-staff";

/// The name that follows from an original: capitals of ASCII as small letters, and each run of
/// other characters as one separator, with none at the ends. The separator is `_` where the
/// run is made of `_` alone, else `-`: `Sales User` is `sales-user`, `read_only` stays,
/// `account.account` is `account-account`. Empty where no letter a-z and no digit is left.
std::string derived_name(std::string_view original);

/// The names that a file of `original,name` gives.
class given_names {
public:
    /// Reads the file, and checks each name. Reports what is wrong (csv-syntax, csv-column,
    /// csv-value, csv-name).
    void read(source_file const& file, std::uint32_t number, problems& found);

    /// The name given to an original, or nullptr.
    [[nodiscard]] csv_cell const* find(std::string const& original) const;

    /// Reports names for what the tables do not have: a mistyped original keeps a name that
    /// its owner did not choose.
    void report_unused(rights_table const& table, problems& found) const;

private:
    struct entry {
        csv_cell original, name;
    };

    void add(csv_cell const& original, csv_cell const& name, problems& found);

    std::vector<entry> entries_;
    std::unordered_map<std::string, std::size_t> numbers_;
};

enum class name_kind { role, category };

/// Names for all originals of a kind, by number.
struct naming {
    std::vector<std::string> names;
    std::vector<std::string> notes;      ///< what is worth knowing, in sentences
    std::vector<csv_cell> without_name;  ///< originals that `--names` has to name
};

/// Names what a table has: as given, else as derived. A reserved word has its kind put before
/// it: role `All` is `role-all`. Reports (csv-name) originals whose name would be empty, too
/// long, or the same as another's but for `-` and `_`.
naming name_originals(originals const& all, name_kind kind, given_names const& given,
                      problems& found);

}  // namespace rolecall::inline v0_1::csv

#endif
