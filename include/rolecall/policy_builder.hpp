// The same policy in code: for tests, for tools that generate one, and for applications
// that keep their rules elsewhere.
//
//     policy_builder shop;
//     shop.fact("open-ticket", "The customer has an open ticket with this employee");
//     shop.category("account", "Name, address and contact details").level("confidential");
//     shop.category("payment", "Card and bank details");
//     shop.role("support").may("account", {"view", "modify"})
//                         .may("payment", {"view"}, if_fact("open-ticket"));
//     policy_result made = shop.build();
#ifndef ROLECALL_POLICY_BUILDER_HPP
#define ROLECALL_POLICY_BUILDER_HPP

#include <rolecall/audit_mode.hpp>
#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/document.hpp>
#include <rolecall/policy_result.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

/// A list of names in braces or as a vector; the names are copied.
using name_list = std::vector<std::string>;

/// A condition on facts, for a grant, a requirement or a guardrail.
class condition {
public:
    /// Holds always: the absence of a condition.
    condition() = default;

    friend condition if_fact(std::string_view fact);
    friend condition if_all(name_list const& facts);
    friend condition if_any(name_list const& facts);
    friend condition any_of(std::vector<condition> const& alternatives);

private:
    friend class policy_builder;
    written_condition written_;
};

/// `{if: fact}`
[[nodiscard]] inline condition if_fact(std::string_view fact) {
    condition result;
    result.written_.any_of = {{{std::string(fact), {}}}};
    return result;
}

/// `{if-all: [facts]}`. Without any fact the policy is refused.
[[nodiscard]] inline condition if_all(name_list const& facts) {
    condition result;
    result.written_.any_of.emplace_back();
    for (std::string const& fact : facts) result.written_.any_of.back().push_back({fact, {}});
    return result;
}

/// `{if-any: [facts]}`. Without any fact the policy is refused.
[[nodiscard]] inline condition if_any(name_list const& facts) {
    condition result;
    for (std::string const& fact : facts) result.written_.any_of.push_back({{fact, {}}});
    if (facts.empty()) result.written_.any_of.emplace_back();  // impossible, and refused
    return result;
}

/// `{any-of: [conditions]}`. An alternative that holds always makes the whole hold always;
/// without any alternative the policy is refused.
[[nodiscard]] inline condition any_of(std::vector<condition> const& alternatives) {
    condition result;
    for (condition const& one : alternatives) {
        if (one.written_.always()) return {};
        result.written_.any_of.insert(result.written_.any_of.end(), one.written_.any_of.begin(),
                                      one.written_.any_of.end());
    }
    if (alternatives.empty()) result.written_.any_of.emplace_back();
    return result;
}

/// Gathers rules, and builds a policy of them. Says nothing about wrong names or rules until
/// `build`, which reports all of them, with the same codes and words as a file would get.
///
/// The objects that `category`, `role`, `user`, `never` and `audit` return speak of one entry; use
/// them while the builder lives and has not been moved. Not for concurrent use.
class policy_builder {
public:
    struct options {
        /// A policy whose compiled table would take more is refused (table-too-large).
        std::size_t max_table_bytes = std::size_t{256} << 20U;
        /// The day for warnings such as a review date that has passed.
        date today = date::today();
    };

    class category_entry {
    public:
        category_entry& title(std::string_view text) { return entry().title = text, *this; }
        category_entry& level(std::string_view name) {
            entry().level = written_name{std::string(name), {}};
            return *this;
        }
        category_entry& law(std::string_view label) {
            return entry().laws.emplace_back(label), *this;
        }
        category_entry& named_only() { return entry().named_only = true, *this; }

        /// For everyone, whatever their role grants, here and below: this action (or `any`)
        /// needs this condition.
        category_entry& required(std::string_view action, condition const& when) {
            entry().required.push_back({{std::string(action), {}}, when.written_});
            return *this;
        }

    private:
        friend class policy_builder;
        category_entry(policy_builder& of, std::size_t at) : of_(&of), at_(at) {}
        [[nodiscard]] written_category& entry() const { return of_->document_.categories[at_]; }
        policy_builder* of_;
        std::size_t at_;
    };

    class role_entry {
    public:
        role_entry& title(std::string_view text) { return entry().title = text, *this; }
        role_entry& inherits(std::string_view role) {
            return entry().inherits.push_back({std::string(role), {}}), *this;
        }

        /// Grants actions (or `all`) on a category, or with `category.*` on all below it.
        role_entry& may(std::string_view category, name_list const& actions,
                        condition const& when = {}) {
            constexpr std::string_view below = ".*";
            bool const is_below = category.size() >= below.size() &&
                                  category.substr(category.size() - below.size()) == below;
            if (is_below) category.remove_suffix(below.size());
            written_grant grant{{std::string(category), {}}, is_below, {}};
            grant.rights.reserve(actions.size());
            for (std::string const& action : actions)
                grant.rights.push_back({{action, {}}, when.written_});
            policy_builder::add_grant(entry(), std::move(grant));
            return *this;
        }

    private:
        friend class policy_builder;
        role_entry(policy_builder& of, std::size_t at) : of_(&of), at_(at) {}
        [[nodiscard]] written_role& entry() const { return of_->document_.roles[at_]; }
        policy_builder* of_;
        std::size_t at_;
    };

    class user_entry {
    public:
        /// Assigns roles, for good or through a day (UTC).
        user_entry& assign(name_list const& roles, std::optional<date> until = std::nullopt) {
            of_->document_.users[at_].assignments.push_back({written(roles), until});
            return *this;
        }

    private:
        friend class policy_builder;
        user_entry(policy_builder& of, std::size_t at) : of_(&of), at_(at) {}
        policy_builder* of_;
        std::size_t at_;
    };

    class guardrail_entry {
    public:
        guardrail_entry& roles(name_list const& names) {
            return entry().roles = written(names), *this;
        }
        guardrail_entry& categories(name_list const& names) {
            return entry().categories = written(names), *this;
        }
        guardrail_entry& actions(name_list const& names) {
            return entry().actions = written(names), *this;
        }
        guardrail_entry& when(condition const& c) { return entry().when = c.written_, *this; }
        guardrail_entry& because(std::string_view text) { return entry().because = text, *this; }

    private:
        friend class policy_builder;
        guardrail_entry(policy_builder& of, std::size_t at) : of_(&of), at_(at) {}
        [[nodiscard]] written_guardrail& entry() const { return of_->document_.guardrails[at_]; }
        policy_builder* of_;
        std::size_t at_;
    };

    class audit_entry {
    public:
        /// What nothing else says.
        audit_entry& otherwise(audit_mode mode) {
            return section().otherwise = written_audit_mode{mode, {}}, *this;
        }
        audit_entry& denials(audit_mode mode) {
            return section().denials = written_audit_mode{mode, {}}, *this;
        }
        audit_entry& action(std::string_view name, audit_mode mode) {
            return section().actions.push_back(line(name, mode)), *this;
        }
        audit_entry& level(std::string_view name, audit_mode mode) {
            return section().levels.push_back(line(name, mode)), *this;
        }
        /// On a category and all below it: this action, or `any`.
        audit_entry& category(std::string_view name, audit_mode mode,
                              std::string_view action = "any") {
            for (written_audit_category& c : section().categories)
                if (c.category.text == name) return c.actions.push_back(line(action, mode)), *this;
            section().categories.push_back({{std::string(name), {}}, {line(action, mode)}});
            return *this;
        }

    private:
        friend class policy_builder;
        explicit audit_entry(policy_builder& of) : of_(&of) {}
        static written_audit_line line(std::string_view name, audit_mode mode) {
            return {{std::string(name), {}}, {mode, {}}};
        }
        [[nodiscard]] written_audit& section() const { return *of_->document_.audit; }
        policy_builder* of_;
    };

    /// The `policy` section, to fill in.
    written_header& header(std::string_view name) {
        document_.header.emplace().name = name;
        return *document_.header;
    }

    /// The next level; the first is the mildest.
    policy_builder& level(std::string_view name) {
        return document_.levels.push_back({std::string(name), {}}), *this;
    }
    policy_builder& action(std::string_view name, std::string_view about) {
        document_.actions.push_back({{std::string(name), {}}, {}, std::string(about)});
        return *this;
    }
    policy_builder& fact(std::string_view name, std::string_view about) {
        document_.facts.push_back({{std::string(name), {}}, {}, std::string(about)});
        return *this;
    }
    category_entry category(std::string_view name, std::string_view about) {
        document_.categories.emplace_back();
        document_.categories.back().name.text = name;
        document_.categories.back().about = about;
        return {*this, document_.categories.size() - 1};
    }
    role_entry role(std::string_view name, std::string_view about = {}) {
        document_.roles.emplace_back();
        document_.roles.back().name.text = name;
        document_.roles.back().about = about;
        return {*this, document_.roles.size() - 1};
    }
    user_entry user(std::string_view id) {
        document_.users.emplace_back();
        document_.users.back().id.text = id;
        return {*this, document_.users.size() - 1};
    }

    /// A guardrail: name at least one of its roles, categories and actions.
    guardrail_entry never(std::string_view name) {
        document_.guardrails.emplace_back();
        document_.guardrails.back().name.text = name;
        return {*this, document_.guardrails.size() - 1};
    }
    policy_builder& separation(std::string_view name, name_list const& roles, std::uint32_t at_most,
                               separation_scope per, std::string_view because = {}) {
        document_.separations.push_back(
            {{std::string(name), {}}, written(roles), at_most, {}, per, std::string(because)});
        return *this;
    }

    /// The section `audit`, to fill in: what happens where a decision can't be recorded.
    audit_entry audit() {
        if (!document_.audit) document_.audit.emplace();
        return audit_entry(*this);
    }

    /// Checks and compiles what was gathered; the builder stays as it is.
    [[nodiscard]] ROLECALL_COLD policy_result build(options const& with) const;
    [[nodiscard]] policy_result build() const { return build(options{}); }

    /// What was gathered so far.
    [[nodiscard]] rolecall::document const& written_so_far() const& noexcept { return document_; }
    rolecall::document const& written_so_far() const&& = delete;

private:
    static std::vector<written_name> written(name_list const& names) {
        std::vector<written_name> result;
        result.reserve(names.size());
        for (std::string const& name : names) result.push_back({name, {}});
        return result;
    }

    // Calls of `may` for the same category add to the same line.
    static void add_grant(written_role& role, written_grant grant) {
        for (written_grant& line : role.may) {
            if (line.category.text != grant.category.text || line.below != grant.below) continue;
            for (written_right& right : grant.rights) line.rights.push_back(std::move(right));
            return;
        }
        role.may.push_back(std::move(grant));
    }

    rolecall::document document_;
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/policy_builder.hpp>
#endif

#endif
