// Ed25519, by libcrypto: the key that signs checkpoints.
#ifndef ROLECALL_SRC_JOURNAL_SIGNING_HPP
#define ROLECALL_SRC_JOURNAL_SIGNING_HPP

#include "journal/files.hpp"
#include "journal/frame.hpp"
#include <rolecall/detail/export.hpp>
#include <rolecall/journal_head.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::trail {

/// SHA-256, in pieces. Throws std::runtime_error where libcrypto refuses, as in a broken FIPS
/// set-up.
class hasher {
public:
    hasher();
    hasher(hasher const&) = delete;
    hasher& operator=(hasher const&) = delete;
    ~hasher();

    void add(bytes_view bytes);
    hash finish();  ///< and begins anew

private:
    void* context_;
};

/// A private key. Its bytes are wiped when it goes.
class ROLECALL_API signing_key {
public:
    /// Reads a PEM file of a private Ed25519 key that only its owner may read. Nothing, and why in
    /// `problem`, for anything else.
    static std::optional<signing_key> from_file(std::string const& path, std::string& problem);

    [[nodiscard]] std::string const& fingerprint() const noexcept { return fingerprint_; }
    [[nodiscard]] std::string const& public_pem() const noexcept { return public_pem_; }
    /// The 32 bytes of the public key.
    [[nodiscard]] std::string const& public_raw() const noexcept { return public_raw_; }
    /// 64 bytes; empty where libcrypto refuses.
    [[nodiscard]] std::string sign(std::string_view text) const;

private:
    signing_key() = default;
    std::shared_ptr<void> key_;
    std::string fingerprint_, public_pem_, public_raw_;
};

/// Signs a head: sets its `key` and `signature`. False where libcrypto refuses.
[[nodiscard]] ROLECALL_API bool sign(journal_head& head, signing_key const& by);

/// HMAC-SHA256 with a secret, cut to its first 16 bytes: what stands in the trail for a record id.
/// The same id gives the same bytes. Keeps one context, for one thread.
class record_hasher {
public:
    explicit record_hasher(std::string_view secret);
    record_hasher(record_hasher const&) = delete;
    record_hasher& operator=(record_hasher const&) = delete;
    ~record_hasher();

    /// False where libcrypto refuses.
    [[nodiscard]] bool operator()(std::string_view record, std::array<std::byte, 16>& to) noexcept;

private:
    void* context_;
};

}  // namespace rolecall::inline v0_1::trail

#endif
