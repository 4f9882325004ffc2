#include <rolecall/digest.hpp>
#include <rolecall/yaml.hpp>

#include <openssl/evp.h>

#include <array>
#include <stdexcept>
#include <string>

namespace rolecall {

std::string digest(policy const& of) {
    std::string const canonical = yaml::write(of);
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int count = 0;
    if (EVP_Digest(canonical.data(), canonical.size(), bytes.data(), &count, EVP_sha256(),
                   nullptr) != 1)
        throw std::runtime_error("libcrypto could not compute a SHA-256");

    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < count; ++i) {
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 0xFU];
    }
    return text;
}

}  // namespace rolecall
