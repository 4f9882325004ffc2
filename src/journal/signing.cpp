#include "journal/signing.hpp"

#include "document/file_io.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace rolecall::inline v0_1::trail {
namespace {

struct bio_closer {
    void operator()(BIO* open) const noexcept { BIO_free_all(open); }
};
using memory_bio = std::unique_ptr<BIO, bio_closer>;

EVP_PKEY* pkey(std::shared_ptr<void> const& of) noexcept {
    return static_cast<EVP_PKEY*>(of.get());
}

std::string public_text(EVP_PKEY* key) {
    memory_bio const to(BIO_new(BIO_s_mem()));
    if (!to || PEM_write_bio_PUBKEY(to.get(), key) != 1) return {};
    char* text = nullptr;
    long const size = BIO_get_mem_data(to.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

// No passphrase is asked for on a terminal: an encrypted key is refused.
int no_passphrase(char*, int, int, void*) { return 0; }

// Its bytes are wiped when it goes.
class key_text {
public:
    key_text(int descriptor, std::size_t size) : text_(size, '\0') {
        ssize_t const got = ::pread(descriptor, text_.data(), text_.size(), 0);
        size_ = static_cast<int>(std::max<ssize_t>(got, 0));
    }
    key_text(key_text const&) = delete;
    key_text& operator=(key_text const&) = delete;
    ~key_text() { OPENSSL_cleanse(text_.data(), text_.size()); }

    [[nodiscard]] bool is_public() const {
        memory_bio const from(BIO_new_mem_buf(text_.data(), size_));
        EVP_PKEY* const read =
            from ? PEM_read_bio_PUBKEY(from.get(), nullptr, &no_passphrase, nullptr) : nullptr;
        EVP_PKEY_free(read);
        return read != nullptr;
    }

    /// Null where there is none.
    [[nodiscard]] EVP_PKEY* private_key() const {
        memory_bio const from(BIO_new_mem_buf(text_.data(), size_));
        return from ? PEM_read_bio_PrivateKey(from.get(), nullptr, &no_passphrase, nullptr)
                    : nullptr;
    }

private:
    std::string text_;
    int size_ = 0;
};

}  // namespace

hasher::hasher() : context_(EVP_MD_CTX_new()) {
    if (context_ == nullptr ||
        EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("libcrypto has no SHA-256");
}

hasher::~hasher() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void hasher::add(bytes_view bytes) {
    if (EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size()) != 1)
        throw std::runtime_error("libcrypto can't hash");
}

hash hasher::finish() {
    hash result{};
    auto* const context = static_cast<EVP_MD_CTX*>(context_);
    if (EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(result.data()), nullptr) !=
            1 ||
        EVP_DigestInit_ex(context, nullptr, nullptr) != 1)
        throw std::runtime_error("libcrypto can't hash");
    return result;
}

std::optional<signing_key> signing_key::from_file(std::string const& path, std::string& problem) {
    auto const refuse = [&](std::string const& why) {
        problem = '`' + path + "` " + why;
        return std::nullopt;
    };
    yaml::descriptor const opened(
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    struct stat is {};
    if (!opened || ::fstat(opened.number(), &is) != 0)
        return refuse("can't be read (" + error_words(errno) + ')');
    if (!S_ISREG(is.st_mode) || is.st_size > 65'536) return refuse("is not a key file");
    key_text const pem(opened.number(), static_cast<std::size_t>(is.st_size));
    EVP_PKEY* const read = pem.private_key();
    std::shared_ptr<void> key(read, [](void* of) { EVP_PKEY_free(static_cast<EVP_PKEY*>(of)); });
    if (read == nullptr && pem.is_public()) return refuse("is a public key; the private one signs");
    if ((is.st_mode & 077U) != 0) return refuse("can be read by others than its owner: chmod 600");
    if (read == nullptr || EVP_PKEY_get_base_id(read) != EVP_PKEY_ED25519)
        return refuse("is not a private Ed25519 key in PEM: openssl genpkey -algorithm ed25519");
    signing_key result;
    result.key_ = std::move(key);
    result.public_pem_ = public_text(read);
    std::string why;
    auto const shown = journal_public_key::from_pem(result.public_pem_, why);
    if (!shown) return refuse(why);
    result.fingerprint_ = shown->fingerprint();
    result.public_raw_ = shown->raw();
    return result;
}

std::string signing_key::sign(std::string_view text) const {
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    bool const fine =
        context != nullptr &&
        EVP_DigestSignInit(context, nullptr, nullptr, nullptr, pkey(key_)) == 1 &&
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<unsigned char const*>(text.data()), text.size()) == 1 &&
        size == signature.size();
    EVP_MD_CTX_free(context);
    return fine ? signature : std::string();
}

record_hasher::record_hasher(std::string_view secret) : context_(nullptr) {
    EVP_MAC* const kind = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    EVP_MAC_CTX* const context = kind != nullptr ? EVP_MAC_CTX_new(kind) : nullptr;
    EVP_MAC_free(kind);
    char digest[] = "SHA256";
    OSSL_PARAM const parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                     OSSL_PARAM_construct_end()};
    if (context == nullptr ||
        EVP_MAC_init(context, reinterpret_cast<unsigned char const*>(secret.data()), secret.size(),
                     parameters) != 1) {
        EVP_MAC_CTX_free(context);
        throw std::runtime_error("libcrypto has no HMAC-SHA256");
    }
    context_ = context;
}

record_hasher::~record_hasher() { EVP_MAC_CTX_free(static_cast<EVP_MAC_CTX*>(context_)); }

bool record_hasher::operator()(std::string_view record, std::array<std::byte, 16>& to) noexcept {
    auto* const context = static_cast<EVP_MAC_CTX*>(context_);
    unsigned char whole[32];
    std::size_t size = 0;
    if (EVP_MAC_init(context, nullptr, 0, nullptr) != 1 ||
        EVP_MAC_update(context, reinterpret_cast<unsigned char const*>(record.data()),
                       record.size()) != 1 ||
        EVP_MAC_final(context, whole, &size, sizeof whole) != 1 || size != sizeof whole)
        return false;
    std::memcpy(to.data(), whole, to.size());
    return true;
}

bool sign(journal_head& head, signing_key const& by) {
    head.key = by.fingerprint();
    head.signature.clear();
    std::string const text = to_text(head);
    head.signature = by.sign(text);
    return !head.signature.empty();
}

}  // namespace rolecall::inline v0_1::trail
