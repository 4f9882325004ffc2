// A lock for many readers, in which a writer does not wait for readers who come after it: so that
// a role is taken away however many ask meanwhile.
#ifndef ROLECALL_SRC_DIRECTORY_WRITER_FIRST_LOCK_HPP
#define ROLECALL_SRC_DIRECTORY_WRITER_FIRST_LOCK_HPP

#include <cstddef>  // which tells whether it is glibc

#if defined(__GLIBC__)
#include <pthread.h>
#else
#include <shared_mutex>
#endif

namespace rolecall::inline v0_1::directory {

#if defined(__GLIBC__)

/// Fits std::unique_lock and std::shared_lock. A thread that reads must not begin to read again.
///
/// std::shared_mutex of libstdc++ lets readers in while a writer waits, for ever if there are
/// enough of them; glibc has the other kind, under a name of its own.
class writer_first_lock {
public:
    writer_first_lock() noexcept {
        pthread_rwlockattr_t kind;
        ::pthread_rwlockattr_init(&kind);
        ::pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
        ::pthread_rwlock_init(&lock_, &kind);
        ::pthread_rwlockattr_destroy(&kind);
    }
    writer_first_lock(writer_first_lock const&) = delete;
    writer_first_lock& operator=(writer_first_lock const&) = delete;
    ~writer_first_lock() { ::pthread_rwlock_destroy(&lock_); }

    void lock() noexcept { ::pthread_rwlock_wrlock(&lock_); }
    void unlock() noexcept { ::pthread_rwlock_unlock(&lock_); }
    void lock_shared() noexcept { ::pthread_rwlock_rdlock(&lock_); }
    void unlock_shared() noexcept { ::pthread_rwlock_unlock(&lock_); }

private:
    pthread_rwlock_t lock_{};
};

#else

using writer_first_lock = std::shared_mutex;

#endif

}  // namespace rolecall::inline v0_1::directory

#endif
