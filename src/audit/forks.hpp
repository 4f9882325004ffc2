// Objects that a child process must not go on with.
#ifndef ROLECALL_SRC_AUDIT_FORKS_HPP
#define ROLECALL_SRC_AUDIT_FORKS_HPP

namespace rolecall::inline v0_1::audit {

/// While it lives, a child process that is forked calls `called(of)` first, while it has one
/// thread only. The call may not allocate. Don't make or destroy one while holding a lock.
class fork_watch {
public:
    using callback = void (*)(void* of) noexcept;

    fork_watch(callback called, void* of);
    fork_watch(fork_watch const&) = delete;
    fork_watch& operator=(fork_watch const&) = delete;
    ~fork_watch();

private:
    struct all_watches;
    static all_watches& all() noexcept;
    static void before() noexcept;
    static void in_parent() noexcept;
    static void in_child() noexcept;

    callback callback_;
    void* of_;
    fork_watch* previous_ = nullptr;
    fork_watch* next_ = nullptr;
};

}  // namespace rolecall::inline v0_1::audit

#endif
