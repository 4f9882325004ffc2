// A list of roles, as an argument: names or references, in braces, vectors or spans.
#ifndef ROLECALL_ROLE_LIST_HPP
#define ROLECALL_ROLE_LIST_HPP

#include <rolecall/reference.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// A view of the roles that an argument names. Keeps nothing: use it for the call it is an
/// argument of, and for nothing else. A temporary vector is refused, because the view would
/// outlive it wherever the list is kept in a variable.
class role_list {
public:
    constexpr role_list() noexcept = default;

    constexpr role_list(std::initializer_list<std::string_view> names) noexcept
        : kind_(kind::views), data_(names.begin()), size_(names.size()) {}
    constexpr role_list(std::initializer_list<role_ref> roles) noexcept
        : kind_(kind::references), data_(roles.begin()), size_(roles.size()) {}

    // NOLINTBEGIN(google-explicit-constructor): an argument in any of these shapes
    constexpr role_list(std::span<std::string_view const> names) noexcept
        : kind_(kind::views), data_(names.data()), size_(names.size()) {}
    constexpr role_list(std::span<std::string const> names) noexcept
        : kind_(kind::strings), data_(names.data()), size_(names.size()) {}
    constexpr role_list(std::span<role_ref const> roles) noexcept
        : kind_(kind::references), data_(roles.data()), size_(roles.size()) {}

    role_list(std::vector<std::string_view> const& names) noexcept
        : kind_(kind::views), data_(names.data()), size_(names.size()) {}
    role_list(std::vector<std::string> const& names) noexcept
        : kind_(kind::strings), data_(names.data()), size_(names.size()) {}
    role_list(std::vector<role_ref> const& roles) noexcept
        : kind_(kind::references), data_(roles.data()), size_(roles.size()) {}
    // NOLINTEND(google-explicit-constructor)

    role_list(std::vector<std::string_view> const&&) = delete;
    role_list(std::vector<std::string> const&&) = delete;
    role_list(std::vector<role_ref> const&&) = delete;

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

    /// Calls `by_name(std::string_view)` or `by_reference(role_ref)` for each, in order.
    template <class ByName, class ByReference>
    void visit(ByName&& by_name, ByReference&& by_reference) const {
        for (std::size_t i = 0; i < size_; ++i) {
            switch (kind_) {
                case kind::views: by_name(static_cast<std::string_view const*>(data_)[i]); break;
                case kind::strings: by_name(static_cast<std::string const*>(data_)[i]); break;
                case kind::references: by_reference(static_cast<role_ref const*>(data_)[i]); break;
            }
        }
    }

private:
    enum class kind : std::uint8_t { views, strings, references };

    kind kind_ = kind::views;
    void const* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace rolecall::inline v0_1

#endif
