#include "document/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace rolecall::inline v0_1 {

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned int count = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &count, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("libcrypto could not compute a SHA-256");

    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < count; ++i) {
        text += digits[hash[i] >> 4U];
        text += digits[hash[i] & 0xFU];
    }
    return text;
}

}  // namespace rolecall::inline v0_1
