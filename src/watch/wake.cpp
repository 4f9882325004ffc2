#include "watch/wake.hpp"

#include <rolecall/detail/live_state.hpp>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/inotify.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

namespace rolecall::inline v0_1::watch {

stop_signal::stop_signal() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        throw std::system_error(errno, std::generic_category(), "policy_watcher: no pipe");
    reads_ = yaml::descriptor(ends[0]);
    writes_ = yaml::descriptor(ends[1]);
}

// The byte is never read, so everybody who waits sees it.
void stop_signal::send() noexcept {
    while (::write(writes_.number(), "", 1) < 0 && errno == EINTR) {}
}

woken stop_signal::wait(std::int64_t ms, yaml::descriptor const* hints) const noexcept {
    std::int64_t const until = detail::milliseconds() + ms;
    for (;;) {
        std::array<pollfd, 2> sources{
            {{reads_.number(), POLLIN, 0}, {hints != nullptr ? hints->number() : -1, POLLIN, 0}}};
        std::int64_t const left =
            std::clamp<std::int64_t>(until - detail::milliseconds(), 0, INT_MAX);
        int const ready = ::poll(sources.data(), sources.size(), static_cast<int>(left));
        if (sources[0].revents != 0) return woken::to_stop;
        if (ready > 0) return woken::by_hint;
        if (ready == 0) return woken::by_time;
        if (errno == EINTR) continue;
        std::timespec const pause{0, 10'000'000};  // no memory in the system: not at once again
        ::nanosleep(&pause, nullptr);
        if (detail::milliseconds() >= until) return woken::by_time;
    }
}

#if defined(__linux__)

namespace {

constexpr std::uint32_t changes = IN_MODIFY | IN_ATTRIB | IN_CLOSE_WRITE | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF |
                                  IN_MOVE_SELF;

// The directory in which a path has its name, and that name; without one where the path says
// none, as `..` does.
std::pair<std::string, std::string> directory_and_name(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    std::size_t const slash = path.rfind('/');
    std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (name.empty() || name == "." || name == "..") return {};
    if (slash == std::string::npos) return {".", std::move(name)};
    return {slash == 0 ? "/" : path.substr(0, slash), std::move(name)};
}

}  // namespace

change_hints::change_hints(bool wanted) noexcept
    : source_(wanted ? ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK) : -1) {}

void change_hints::add(std::vector<watched>& to, std::string const& path, std::string only) const {
    int const number = ::inotify_add_watch(source_.number(), path.c_str(), changes);
    if (number >= 0) to.push_back({number, std::move(only)});
}

bool change_hints::follow(std::string const& path, std::vector<std::string> const& directories) {
    if (!source_) return false;
    std::vector<watched> now;
    auto [directory, name] = directory_and_name(path);
    if (!name.empty()) add(now, directory, std::move(name));
    if (directories.empty()) add(now, path, {});
    for (std::string const& inner : directories) add(now, inner, {});

    auto const is_in = [](std::vector<watched> const& list, int number) {
        return std::any_of(list.begin(), list.end(),
                           [&](watched const& w) { return w.number == number; });
    };
    bool more = false;
    for (watched const& w : now) more |= !is_in(followed_, w.number);
    for (watched const& w : followed_)
        if (!is_in(now, w.number)) ::inotify_rm_watch(source_.number(), w.number);
    followed_ = std::move(now);
    return more;
}

bool change_hints::matters(int number, char const* name) const noexcept {
    return std::any_of(followed_.begin(), followed_.end(), [&](watched const& w) {
        return w.number == number && (w.only.empty() || w.only == name);
    });
}

bool change_hints::take() noexcept {
    bool any = false;
    alignas(inotify_event) std::array<char, 16'384> buffer{};
    for (;;) {
        ssize_t const got = ::read(source_.number(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return any;
        if (got <= 0) {  // it can tell nothing any more
            source_ = yaml::descriptor();
            return true;
        }
        for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
            inotify_event event{};
            std::memcpy(&event, buffer.data() + at, sizeof event);
            char const* const name = event.len > 0 ? buffer.data() + at + sizeof event : "";
            // A queue that ran over has lost some: any of them may have been about the files.
            any |= (event.mask & IN_Q_OVERFLOW) != 0 || matters(event.wd, name);
            at += sizeof event + event.len;
        }
    }
}

#else

change_hints::change_hints(bool) noexcept {}
bool change_hints::follow(std::string const&, std::vector<std::string> const&) { return false; }
bool change_hints::take() noexcept { return false; }

#endif

}  // namespace rolecall::inline v0_1::watch
