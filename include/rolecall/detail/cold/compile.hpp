// How a document is checked and becomes a policy.
#ifndef ROLECALL_DETAIL_COLD_COMPILE_HPP
#define ROLECALL_DETAIL_COLD_COMPILE_HPP

#include <rolecall/detail/compile/audit.hpp>
#include <rolecall/detail/compile/compile.hpp>
#include <rolecall/detail/compile/conditions.hpp>
#include <rolecall/detail/compile/hierarchy.hpp>
#include <rolecall/detail/compile/resolve.hpp>
#include <rolecall/detail/compile/rows.hpp>
#include <rolecall/detail/compile/symbols.hpp>
#include <rolecall/detail/findings.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/policy_result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::detail {

/// A policy with the document that it was made from, on the heap, counted.
struct owned_policy : policy_data {
    document written;

    static void destroy_this(policy_data const* data) noexcept {
        delete static_cast<owned_policy const*>(data);
    }
};

class compiler {
public:
    compiler(document doc, findings found, compile_options const& options)
        : policy_(new owned_policy), found_(std::move(found)), options_(options) {
        policy_->written = std::move(doc);
        policy_->source = &policy_->written;
        policy_->destroy = owned_policy::destroy_this;
        policy_->compute_digest = options.compute_digest;
        policy_->promises = options.promises;
    }
    compiler(compiler const&) = delete;
    compiler& operator=(compiler const&) = delete;
    ~compiler() { delete policy_; }

    policy_result run() {
        check_review_date();
        symbols names = declare(doc(), found_);
        condition_pool conditions(data().conditions);
        resolved_policy resolved = resolver(doc(), names, conditions, found_).run();
        check_limited_hierarchy(doc(), found_);
        auto const juniors_first = role_order(resolved, names.roles, found_).run();
        separation_compiler(resolved, names, data(), options_.max_table_bytes, found_)
            .run(juniors_first);
        audit_rules const audit = audit_resolver(doc(), names, found_).run();
        if (options_.promises != nullptr) options_.promises->check_names(doc(), names, found_);
        if (!has_error()) fill(std::move(names), resolved, audit, juniors_first);
        if (!has_error()) check_guarantees();
        auto diagnostics = to_diagnostics(found_, doc().files);
        if (has_error()) return policy_result(std::move(diagnostics));
        return {access::make_policy<policy>(std::exchange(policy_, nullptr)),
                std::move(diagnostics)};
    }

private:
    [[nodiscard]] document const& doc() const noexcept { return policy_->written; }
    policy_data& data() noexcept { return *policy_; }

    [[nodiscard]] bool has_error() const noexcept {
        return std::any_of(found_.begin(), found_.end(),
                           [](finding const& f) { return severity_of(f.code) == severity::error; });
    }

    // Where nobody can look, nobody may trust.
    void check_guarantees() {
        if (doc().guarantees.empty()) return;
        if (options_.promises != nullptr)
            options_.promises->check_kept(data(), found_);
        else
            found_.push_back({diagnostic_code::guarantee_undecided,
                              doc().guarantees.front().name.at,
                              "guarantees are looked at by `yaml::load` and `yaml::compile` alone",
                              {}});
    }

    void check_review_date() {
        if (!doc().header || !doc().header->review_by) return;
        date const due = *doc().header->review_by;
        if (due < options_.today)
            found_.push_back({diagnostic_code::review_overdue,
                              doc().header->review_by_at,
                              "this policy was due for review by " + due.to_string() +
                                  "; read it again, and set the next date",
                              {}});
    }

    void fill(symbols names, resolved_policy const& resolved, audit_rules const& audit,
              std::vector<std::uint32_t> const& juniors_first) {
        policy_data& p = data();
        p.lineage = new_lineage();
        if (p.lineage == no_policy) {
            found_.push_back({diagnostic_code::too_many_names,
                              {},
                              "this process has made more policies than it can tell apart",
                              {}});
            return;
        }
        constexpr std::uint32_t cells_in_a_cache_line = 16;
        p.width = with_room_to_grow(names.categories.size());
        p.width = (p.width + cells_in_a_cache_line - 1) & ~(cells_in_a_cache_line - 1);
        fill_people(resolved);
        for (resolved_role const& role : resolved.roles) {
            p.juniors_of_role.push_back({static_cast<std::uint32_t>(p.juniors.size()),
                                         static_cast<std::uint32_t>(role.juniors.size())});
            p.juniors.insert(p.juniors.end(), role.juniors.begin(), role.juniors.end());
        }
        if (!build_rows(resolved, names.tree, juniors_first, options_.max_table_bytes, p)) {
            found_.push_back({diagnostic_code::table_too_large,
                              first_role(),
                              "the compiled table of " + std::to_string(names.roles.size()) +
                                  " roles and " + std::to_string(names.categories.size()) +
                                  " categories would take more than " +
                                  std::to_string(options_.max_table_bytes >> 20U) +
                                  " MiB; let more roles share the same rights, or raise "
                                  "max_table_bytes",
                              {}});
            return;
        }
        fill_audit_modes(doc(), names, audit, p.width, p.audit, found_);
        p.rows_of_role.resize(with_room_to_grow(names.roles.size()));
        p.roles = std::move(names.roles);
        p.actions = std::move(names.actions);
        p.categories = std::move(names.categories);
        p.facts = std::move(names.facts);
        p.users = std::move(names.users);
        p.finish();
    }

    [[nodiscard]] place first_role() const {
        return doc().roles.empty() ? place{} : doc().roles.front().name.at;
    }

    void fill_people(resolved_policy const& resolved) {
        policy_data& p = data();
        p.says_other_users = doc().header && doc().header->other_users;
        p.other_users = doc().users.empty() || p.says_other_users;
        for (resolved_user const& user : resolved.users) {
            p.assignments_of_user.push_back({static_cast<std::uint32_t>(p.assignments.size()),
                                             static_cast<std::uint32_t>(user.assignments.size())});
            for (auto const& [role, until] : user.assignments)
                p.assignments.push_back({role, until});
        }
    }

    owned_policy* policy_;
    findings found_;
    compile_options options_;
};

ROLECALL_COLD policy_result compile(document doc, findings found, compile_options const& options) {
    return compiler(std::move(doc), std::move(found), options).run();
}

}  // namespace rolecall::inline v0_1::detail

#endif
