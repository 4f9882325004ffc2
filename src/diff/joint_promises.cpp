#include "diff/joint_promises.hpp"

#include <string>
#include <vector>

namespace rolecall::inline v0_1::diff {
namespace {

class renamer {
public:
    renamer(vocabulary const& names, side in) : names_(names), in_(in) {}

    void role(written_name& name) const { rename(name, names_.roles); }
    void category(written_name& name) const { rename(name, names_.categories); }
    void action(written_name& name) const { rename(name, names_.actions); }
    void fact(written_name& name) const { rename(name, names_.facts); }

    void roles(std::vector<written_name>& all) const {
        for (written_name& name : all) role(name);
    }

    void scope(written_scope& of) const {
        for (written_name& name : of.actions) action(name);
        for (written_name& name : of.categories) category(name);
    }

    void condition(written_condition& of) const {
        for (std::vector<written_name>& together : of.any_of)
            for (written_name& name : together) fact(name);
    }

    void grants(std::vector<written_grant>& all) const {
        for (written_grant& grant : all) {
            category(grant.category);
            for (written_right& right : grant.rights) {
                action(right.action);
                condition(right.when);
            }
        }
    }

    void expectations(std::vector<written_expectation>& all) const {
        for (written_expectation& line : all) {
            category(line.category);
            for (auto& item : line.actions) action(item.action);
        }
    }

private:
    // What is no name stays: `all` and `any`.
    void rename(written_name& name, joint_names const& by) const {
        std::uint32_t const joint = by.find(in_, name.text);
        if (joint != joint_names::none) name.text = by.name(joint);
    }

    vocabulary const& names_;
    side in_;
};

}  // namespace

written_guarantee in_joint_names(written_guarantee of, vocabulary const& names, side in) {
    renamer const to(names, in);
    to.roles(of.roles);
    to.roles(of.only);
    to.scope(of.first);
    to.scope(of.second);
    to.condition(of.only_if);
    for (written_name& name : of.unless) to.fact(name);
    to.grants(of.kept);
    return of;
}

written_exercise in_joint_names(written_exercise of, vocabulary const& names, side in) {
    renamer const to(names, in);
    to.roles(of.roles);
    to.roles(of.lost);
    for (written_fact_value& known : of.facts) to.fact(known.fact);
    to.expectations(of.can);
    to.expectations(of.cannot);
    to.expectations(of.exactly);
    return of;
}

}  // namespace rolecall::inline v0_1::diff
