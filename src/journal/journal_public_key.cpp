// An Ed25519 key to check with, by libcrypto.
#include "journal/frame.hpp"
#include "journal/signing.hpp"
#include <rolecall/journal_head.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace rolecall::inline v0_1 {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t longest_pem = 65'536;
constexpr std::size_t fingerprint_digits = 16;

struct closer {
    void operator()(BIO* open) const noexcept { BIO_free_all(open); }
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using open_bio = std::unique_ptr<BIO, closer>;
using open_key = std::unique_ptr<EVP_PKEY, closer>;
using open_context = std::unique_ptr<EVP_MD_CTX, closer>;

// No passphrase is asked for on a terminal: an encrypted key is refused.
int no_passphrase(char*, int, int, void*) { return 0; }

open_key key_in(std::string_view pem) {
    open_bio from(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!from) return nullptr;
    open_key key(PEM_read_bio_PUBKEY(from.get(), nullptr, &no_passphrase, nullptr));
    if (key) return key;
    from.reset(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!from) return nullptr;
    return open_key(PEM_read_bio_PrivateKey(from.get(), nullptr, &no_passphrase, nullptr));
}

unsigned char const* bytes(std::string_view text) noexcept {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

std::optional<journal_public_key> journal_public_key::from_pem(std::string_view pem,
                                                               std::string& problem) {
    open_key const key = pem.size() <= longest_pem ? key_in(pem) : nullptr;
    std::string raw(key_bytes, '\0');
    std::size_t size = raw.size();
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519 ||
        EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()),
                                    &size) != 1 ||
        size != key_bytes) {
        problem = "it is not an Ed25519 key in PEM";
        return std::nullopt;
    }
    return journal_public_key(std::move(raw));
}

std::string journal_public_key::fingerprint() const {
    trail::hasher sum;
    sum.add(std::as_bytes(std::span(raw_)));
    return trail::hex(sum.finish()).substr(0, fingerprint_digits);
}

bool journal_public_key::verify(std::string_view text, std::string_view signature) const {
    open_key const key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(raw_), raw_.size()));
    open_context const context(EVP_MD_CTX_new());
    return key && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(text),
                            text.size()) == 1;
}

bool journal_public_key::verify(journal_head const& head) const {
    if (head.signature.empty() || head.key != fingerprint()) return false;
    journal_head unsigned_head = head;
    unsigned_head.signature.clear();
    return verify(to_text(unsigned_head), head.signature);
}

}  // namespace rolecall::inline v0_1
