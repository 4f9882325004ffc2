#include "cli/validate/validated_policy.hpp"

#include "cli/commands.hpp"
#include "cli/load_policy.hpp"
#include <rolecall/detail/text.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace rolecall::inline v0_1::cli {
namespace {

std::string part(std::size_t count, std::string_view one, std::string_view why = {}) {
    return count == 0 ? std::string() : ", " + count_text(count, one) + std::string(why);
}

// `2 warnings, 1 note`
std::string without_comma(std::string const& text) {
    return text.substr(std::min<std::size_t>(2, text.size()));
}

}  // namespace

validated_counts count_findings(validated_policy const& policy) noexcept {
    validated_counts counts;
    for (validated_finding const& f : policy.findings) {
        if (f.known) {
            ++counts.known;
            continue;
        }
        switch (f.what.level()) {
            case severity::error: ++counts.errors; break;
            case severity::warning: ++counts.warnings; break;
            case severity::note: ++counts.notes; break;
        }
    }
    return counts;
}

bool fails(validated_finding const& finding, bool strict) noexcept {
    if (finding.known) return false;
    severity const level = finding.what.level();
    return level == severity::error || (strict && level == severity::warning);
}

int exit_code_for(validated_policy const& policy, bool strict) noexcept {
    int code = exit_code::fine;
    for (validated_finding const& f : policy.findings) {
        if (!fails(f, strict)) continue;
        if (policy.valid && policy.settings_valid)
            code = std::max(code, exit_code::no);
        else if (f.what.level() == severity::error)
            code = std::max(code, exit_code_for({&f.what, 1}));
    }
    return code;
}

std::string summary(validated_policy const& policy, bool strict, colours const& colour) {
    validated_counts const counts = count_findings(policy);
    bool const sound = policy.valid && policy.settings_valid;
    std::string listed = part(counts.errors, "error", sound ? " by the settings" : "") +
                         part(counts.warnings, "warning",
                              sound && strict && counts.warnings > 0 ? " with --strict" : "") +
                         part(counts.notes, "note");
    if (counts.known > 0) listed += ", " + with_commas(counts.known) + " known";
    listed = without_comma(listed);

    std::string text = detail::printable(policy.path) + ": ";
    std::string const reset(colour.reset);
    if (!policy.valid) return text + std::string(colour.deny) + listed + reset;
    bool const bad = counts.errors > 0 || (strict && counts.warnings > 0);
    if (bad)
        text += std::string(colour.deny) + "fails" + reset + ": " + listed;
    else
        text +=
            std::string(colour.allow) + "fine" + reset + (listed.empty() ? "" : ", with ") + listed;
    return text + " (" + count_text(policy.categories, "category", "categories") + ", " +
           count_text(policy.roles, "role") + ", " + count_text(policy.files.size(), "file") + ')';
}

std::string mended_text(std::size_t count) {
    return with_commas(count) + " of the baseline " + (count == 1 ? "is" : "are") +
           " mended: write it anew";
}

std::string path_in_policy(std::string_view policy, std::string_view file) {
    std::string_view rest = file;
    if (rest.substr(0, policy.size()) == policy) rest.remove_prefix(policy.size());
    while (!rest.empty() && rest.front() == '/') rest.remove_prefix(1);
    if (!rest.empty()) return std::string(rest);
    return std::filesystem::path(file).filename().string();  // a policy of one file
}

std::string path_in_project(std::string_view path) {
    std::filesystem::path const normal = std::filesystem::path(path).lexically_normal();
    if (!normal.is_absolute()) return normal.generic_string();
    std::error_code none;
    std::filesystem::path const here = std::filesystem::current_path(none);
    if (none) return normal.generic_string();
    std::string const below = normal.lexically_relative(here).generic_string();
    bool const outside = below.empty() || below == ".." || below.rfind("../", 0) == 0;
    return outside ? normal.generic_string() : below;
}

std::string fingerprint_of(validated_finding const& finding, std::string_view policy) {
    std::string told(to_string(finding.what.code));
    auto const add = [&](std::string_view text) {
        told += '\n' + std::to_string(text.size()) + ' ';
        told += text;
    };
    add(path_in_policy(policy, finding.what.where.path));
    for (std::string const& name : finding.about) add(name);
    if (finding.about.empty()) add(finding.what.text);
    return sha256_hex(told);
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned int count = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &count, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("libcrypto could not compute a SHA-256");
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < count; ++i) text += {digits[hash[i] >> 4U], digits[hash[i] & 15U]};
    return text;
}

}  // namespace rolecall::inline v0_1::cli
