// The example clinic_http as a process of its own, and a client that sends it any bytes.
#ifndef ROLECALL_TESTS_DOCS_HTTP_PEER_HPP
#define ROLECALL_TESTS_DOCS_HTTP_PEER_HPP

#include "support/temporary_directory.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace rolecall::testing {

/// A descriptor that is closed in the end.
class owned_descriptor {
public:
    explicit owned_descriptor(int number) : number_(number) {
        if (number < 0) throw std::runtime_error("no descriptor");
    }
    owned_descriptor(owned_descriptor&& other) noexcept
        : number_(std::exchange(other.number_, -1)) {}
    owned_descriptor& operator=(owned_descriptor&&) = delete;
    owned_descriptor(owned_descriptor const&) = delete;
    owned_descriptor& operator=(owned_descriptor const&) = delete;
    ~owned_descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

/// `clinic_http --port 0` in a folder of its own, with a copy of the policies.
class clinic_server {
public:
    clinic_server() {
        std::filesystem::copy(std::filesystem::path(ROLECALL_SOURCE_DIR) / "policies",
                              folder.path("policies"), std::filesystem::copy_options::recursive);
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
        owned_descriptor const reads(ends[0]);
        owned_descriptor const writes(ends[1]);
        child_ = ::fork();
        if (child_ == 0) become_server(ends[1]);
        std::string line;  // `http://127.0.0.1:40123`
        for (char c = 0; ::read(reads.number(), &c, 1) == 1 && c != '\n';) line += c;
        port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
    }
    clinic_server(clinic_server const&) = delete;
    clinic_server& operator=(clinic_server const&) = delete;
    ~clinic_server() {
        if (child_ <= 0) return;
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

    /// Asks it to end. The exit code; -1 where a signal ended it, or it did not end.
    int stop() {
        ::kill(child_, SIGTERM);
        for (int tenths = 0; tenths < 100; ++tenths) {
            int status = 0;
            if (::waitpid(child_, &status, WNOHANG) == child_) {
                child_ = -1;
                return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return -1;
    }

    temporary_directory const folder;

private:
    [[noreturn]] void become_server(int out) const {
        static char program[] = ROLECALL_EXAMPLES_DIR "/clinic_http";
        static char option[] = "--port";
        static char any[] = "0";
        std::array<char*, 4> arguments{program, option, any, nullptr};
        if (::chdir(folder.path().c_str()) == 0 && ::dup2(out, STDOUT_FILENO) >= 0)
            ::execv(program, arguments.data());
        ::_exit(126);
    }

    pid_t child_ = -1;
    std::uint16_t port_ = 0;
};

/// A connection to it.
class peer {
public:
    explicit peer(clinic_server const& to)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(to.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        void const* const plain = &address;
        if (::connect(socket_.number(), static_cast<sockaddr const*>(plain), sizeof address) != 0)
            throw std::runtime_error("can't connect");
    }

    /// As much as the server takes.
    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            ssize_t const sent = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    void send_no_more() const { ::shutdown(socket_.number(), SHUT_WR); }

    /// What comes until it contains `end`, or the server closes; an empty `end`: until it does.
    /// Throws if that takes longer than the server's patience and a little.
    [[nodiscard]] std::string receive(std::string_view end = {}) const {
        std::string all;
        std::array<char, 4096> piece{};
        while (end.empty() || all.find(end) == std::string::npos) {
            pollfd ready{socket_.number(), POLLIN, 0};
            if (::poll(&ready, 1, 20'000) != 1) throw std::runtime_error("no answer: " + all);
            ssize_t const got = ::recv(socket_.number(), piece.data(), piece.size(), 0);
            if (got <= 0) return all;
            all.append(piece.data(), static_cast<std::size_t>(got));
        }
        return all;
    }

private:
    owned_descriptor socket_;
};

/// Sends bytes on a connection of their own, and gives all that comes back.
inline std::string responses_to(clinic_server const& server, std::string_view bytes) {
    peer const one(server);
    one.send(bytes);
    one.send_no_more();
    return one.receive();
}

/// A request in full, after which the connection is to be closed.
inline std::string request_text(std::string_view method, std::string_view target,
                                std::string_view token, std::string_view more = {}) {
    std::string text(method);
    text.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    if (!token.empty()) text.append("Authorization: Bearer ").append(token).append("\r\n");
    return text.append(more).append("Connection: close\r\n\r\n");
}

/// The codes of the responses, in order.
inline std::vector<int> statuses(std::string_view responses) {
    constexpr std::string_view lead = "HTTP/1.1 ";
    std::vector<int> codes;
    for (std::size_t at = responses.find(lead); at != std::string_view::npos;
         at = responses.find(lead, at + 1))
        codes.push_back(std::stoi(std::string(responses.substr(at + lead.size(), 3))));
    return codes;
}

}  // namespace rolecall::testing

#endif
