#include "journal/open_writer.hpp"

#include <sys/random.h>

#include <cerrno>
#include <stdexcept>

namespace rolecall::inline v0_1::trail {

void fill_randomly(std::span<std::byte> bytes) {
    for (std::size_t filled = 0; filled < bytes.size();) {
        ssize_t const got = ::getrandom(bytes.data() + filled, bytes.size() - filled, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) throw std::runtime_error("the system gives no random bytes");
        filled += static_cast<std::size_t>(got);
    }
}

trouble open_a_writer(std::string const& folder, bool make, writer_wanted const& wanted,
                      chain_options const& options, open_writer& opened) {
    file_system& files = real_files();
    identity random{};
    fill_randomly(random);
    if (trouble why = open_folder(files, folder, make, random, opened.journal)) return why;
    if (trouble why = wanted.number == 0 ? take_writer(files, folder, opened.taken)
                                         : take_writer(files, folder, wanted.number, opened.taken))
        return why;
    opened.chain = std::make_unique<chain_writer>(files, opened.taken.folder, opened.journal,
                                                  opened.taken.number, options);
    if (trouble why = opened.chain->open(opened.found)) return why;
    if (!wanted.signs && !opened.found.last_key.empty()) {
        if (trouble why = opened.chain->finish()) return why;
        return {'`' + opened.taken.folder + "` is signed, with the key " + opened.found.last_key,
                ENOKEY};
    }
    return recover_rings(opened.taken.folder, *opened.chain, opened.found, options.now);
}

}  // namespace rolecall::inline v0_1::trail
