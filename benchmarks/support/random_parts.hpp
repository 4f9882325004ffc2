// What random documents are made of, whatever they are about.
#ifndef ROLECALL_BENCHMARKS_SUPPORT_RANDOM_PARTS_HPP
#define ROLECALL_BENCHMARKS_SUPPORT_RANDOM_PARTS_HPP

#include <rolecall/document.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace rolecall::benchmarks {

/// With the same seed always the same.
class random_parts {
public:
    explicit random_parts(std::uint64_t seed) : random_(seed) {}

protected:
    static std::string name(char const* kind, std::size_t n) { return kind + std::to_string(n); }
    std::size_t below(std::size_t limit) { return random_() % limit; }
    bool chance(std::size_t percent) { return below(100) < percent; }

    /// Each tenth has nine below it.
    static std::string category_name(std::size_t n) {
        std::string const area = name("area-", n / 10);
        return n % 10 == 0 ? area : area + name(".part-", n % 10);
    }

    /// Nobody holds role n together with the role that is so many behind it.
    static written_separation separation(std::size_t n, std::size_t behind) {
        return {{name("apart-", n), {}},
                {{name("role-", n), {}}, {name("role-", n + behind), {}}},
                1,
                {},
                separation_scope::person,
                {}};
    }

private:
    std::mt19937_64 random_;
};

}  // namespace rolecall::benchmarks

#endif
