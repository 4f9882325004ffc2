#include "document/companion_file.hpp"

#include "document/file_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

namespace rolecall::inline v0_1::yaml {

bool is_policy_directory(std::string const& policy) {
    struct stat state {};
    return ::stat(policy.c_str(), &state) == 0 && S_ISDIR(state.st_mode);
}

std::string companion_path(std::string const& policy, std::string_view name) {
    std::string folder = policy;
    if (!is_policy_directory(policy))
        folder.erase(folder.rfind('/') + 1);  // npos + 1 is the first byte
    else if (folder.back() != '/')
        folder += '/';
    return folder + std::string(name);
}

companion_text read_companion(std::string const& path, std::size_t max_bytes) {
    companion_text result;
    auto const refuse = [&](file_problem problem) {
        result.found = true;
        result.text.clear();
        result.problem = std::move(problem);
        return result;
    };
    if (path.find('\0') != std::string::npos) return refuse(unreadable(EINVAL));
    descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!file) {
        int const error = errno;
        struct stat state {};
        bool const dangling = ::lstat(path.c_str(), &state) == 0;
        return error == ENOENT && !dangling ? result : refuse(unreadable(error));
    }
    result.found = true;
    if (auto problem = read_whole(file, max_bytes, result.text)) return refuse(std::move(*problem));
    return result;
}

}  // namespace rolecall::inline v0_1::yaml
