#include "cli/validate/baseline.hpp"

#include "cli/json_values.hpp"
#include "import/files.hpp"
#include <rolecall/detail/text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1::cli {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr std::size_t most_bytes = std::size_t{64} << 20U;
constexpr std::string_view version_member = "rolecall-baseline";

bool belongs(validated_policy const& policy, validated_finding const& finding) noexcept {
    return policy.valid && severity_of(finding.what.code) != severity::error;
}

fs::path whole(fs::path const& path) {
    std::error_code none;
    fs::path result = fs::weakly_canonical(path.empty() ? fs::path(".") : path, none);
    return none ? path.lexically_normal() : result;
}

std::string folder_of(std::string const& file) { return fs::path(file).parent_path().string(); }

// A policy as a baseline names it: from the folder that the baseline lies in.
std::string name_of(std::string const& policy, std::string const& folder) {
    fs::path const relative = whole(policy).lexically_relative(whole(folder));
    return (relative.empty() ? whole(policy) : relative).generic_string();
}

// ---- Reading -----------------------------------------------------------------------------

// Of a file that says something else: thrown without its path.
struct malformed {
    std::string why;
};

json::value const& member(json::value const& of, std::string_view name) {
    json::object const* const object = of.if_object();
    json::value const* const found = object == nullptr ? nullptr : object->if_contains(name);
    if (found == nullptr) throw malformed{"`" + std::string(name) + "` is missing"};
    return *found;
}

json::array const& list(json::value const& of, std::string_view name) {
    json::array const* const found = member(of, name).if_array();
    if (found == nullptr) throw malformed{"`" + std::string(name) + "` is no list"};
    return *found;
}

std::string text(json::value const& of, std::string_view name) {
    json::string const* const found = member(of, name).if_string();
    if (found == nullptr) throw malformed{"`" + std::string(name) + "` is no text"};
    return std::string(found->data(), found->size());
}

std::size_t number(json::value const& of, std::string_view name) {
    json::value const& found = member(of, name);
    json::error_code bad;
    auto const result = found.to_number<std::size_t>(bad);
    if (bad || !found.is_number() || result == 0)
        throw malformed{"`" + std::string(name) + "` is no number from 1"};
    return result;
}

json::value parsed(std::string const& content) {
    json::error_code bad;
    json::value result = json::parse(content, bad);
    if (bad) throw malformed{"it is no JSON"};
    return result;
}

// ---- Writing -----------------------------------------------------------------------------

// One line of the file: findings that share a fingerprint.
struct known_line {
    validated_finding const* first = nullptr;
    std::size_t count = 0;
};

json::object line_object(known_line const& line, std::string_view policy) {
    validated_finding const& f = *line.first;
    json::object result;
    result["code"] = to_string(f.what.code);
    result["file"] = json_text(path_in_policy(policy, f.what.where.path));
    result["about"] = json_texts(f.about);
    result["count"] = line.count;
    result["fingerprint"] = json_text(f.fingerprint);
    return result;
}

// In the order of first occurrence, which is by place.
std::vector<known_line> known_lines(validated_policy const& policy) {
    std::vector<known_line> lines;
    std::map<std::string_view, std::size_t> numbers;
    for (validated_finding const& finding : policy.findings) {
        if (!belongs(policy, finding)) continue;
        auto const [at, added] = numbers.emplace(finding.fingerprint, lines.size());
        if (added) lines.push_back({&finding, 0});
        ++lines[at->second].count;
    }
    return lines;
}

}  // namespace

baseline baseline::read(std::string const& path) {
    std::string content;
    if (auto const problem = csv::read_table_file(path, content, most_bytes))
        throw unusable_baseline(*problem);
    try {
        json::value const file = parsed(content);
        if (number(file, version_member) != 1) throw malformed{"it is of a later version"};
        baseline result;
        result.folder_ = folder_of(path);
        for (json::value const& policy : list(file, "policies")) {
            known_findings& known = result.policies_[text(policy, "policy")];
            for (json::value const& one : list(policy, "known"))
                known[text(one, "fingerprint")] += number(one, "count");
        }
        return result;
    } catch (malformed const& m) {
        throw unusable_baseline(detail::in_backticks(path) + " is no baseline: " + m.why);
    }
}

void baseline::mark(validated_policy& policy, bool only_one) const {
    if (!policy.valid || !policy.settings_valid) return;
    auto found = policies_.find(name_of(policy.path, folder_));
    if (found == policies_.end() && only_one && policies_.size() == 1) found = policies_.begin();
    if (found == policies_.end()) return;
    known_findings left = found->second;
    for (validated_finding& finding : policy.findings) {
        auto const known = left.find(finding.fingerprint);
        if (!belongs(policy, finding) || known == left.end() || known->second == 0) continue;
        --known->second;
        finding.known = true;
    }
    for (auto const& [fingerprint, count] : left) policy.mended += count;
}

std::string baseline_text(std::span<validated_policy const> policies, std::string const& path) {
    // A finding a line, so that a change of the file is read like one of code.
    std::string text = "{" + json::serialize(json::value(version_member)) + ":1,\"policies\":[";
    std::string_view before_policy = "\n";
    std::set<std::string> told;
    for (validated_policy const& policy : policies) {
        std::string const name = name_of(policy.path, folder_of(path));
        if (!told.insert(name).second) continue;  // given twice
        text += before_policy;
        text += "{\"policy\":" + json::serialize(json::value(json_text(name))) + ",\"known\":[";
        std::string_view before_line = "\n";
        for (known_line const& line : known_lines(policy)) {
            text += before_line;
            text += json::serialize(line_object(line, policy.path));
            before_line = ",\n";
        }
        text += "\n]}";
        before_policy = ",\n";
    }
    return text + "\n]}\n";
}

std::size_t count_for_baseline(std::span<validated_policy const> policies) noexcept {
    std::size_t count = 0;
    for (validated_policy const& policy : policies)
        for (validated_finding const& finding : policy.findings)
            if (belongs(policy, finding)) ++count;
    return count;
}

void mark_for_baseline(std::span<validated_policy> policies) noexcept {
    for (validated_policy& policy : policies)
        for (validated_finding& finding : policy.findings)
            if (belongs(policy, finding)) finding.known = true;
}

}  // namespace rolecall::inline v0_1::cli
