// A small HTTP server that withstands what the network sends: limits to headers, bodies, time
// and connections, keep-alive, and an end that lets running requests finish. Boost.Beast.
//
//     http_server server(port, [](http_request const& request) { … return http_response; });
//     server.run();   // until Ctrl-C, SIGTERM or stop()
#ifndef ROLECALL_EXAMPLES_HTTP_SERVER_HPP
#define ROLECALL_EXAMPLES_HTTP_SERVER_HPP

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using net::ip::tcp;
using http_request = http::request<http::string_body>;
using http_response = http::response<http::string_body>;

/// Answers a request. Called by several threads at once. What it throws becomes a 500.
using http_handler = std::function<http_response(http_request const&)>;

struct http_limits {
    std::uint32_t header = 8 * 1024;
    std::uint64_t body = 64 * 1024;
    std::chrono::seconds patience{5};  ///< for a whole request, and for a whole response
    int connections = 256;
};

/// One client: read, answer, and again. Its steps never run at the same time.
class http_connection : public std::enable_shared_from_this<http_connection> {
public:
    http_connection(tcp::socket socket, http_handler const& handler, http_limits const& limits,
                    std::atomic<int>& open)
        : stream_(std::move(socket)), handler_(handler), limits_(limits), open_(open) {
        ++open_;
    }
    http_connection(http_connection const&) = delete;
    http_connection& operator=(http_connection const&) = delete;
    ~http_connection() { --open_; }

    void start() {
        net::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read(); });
    }

private:
    void read() {
        parser_.emplace();
        parser_->header_limit(limits_.header);
        parser_->body_limit(limits_.body);
        stream_.expires_after(limits_.patience);  // for all of it, however slowly it trickles in
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](beast::error_code problem, std::size_t) {
                             self->answer(problem);
                         });
    }

    void answer(beast::error_code problem) {
        beast::error_code const not_http = http::error::bad_method;
        if (problem == http::error::end_of_stream) return finish();
        if (problem && problem.category() != not_http.category()) return;  // gone, or too slow
        response_ = problem ? refusal(problem) : answer_to(parser_->get());
        response_.keep_alive(!problem && parser_->get().keep_alive());
        if (response_.result() != http::status::no_content) response_.prepare_payload();
        if (parser_->get().method() == http::verb::head) response_.body().clear();
        stream_.expires_after(limits_.patience);
        http::async_write(stream_, response_,
                          [self = shared_from_this()](beast::error_code failed, std::size_t) {
                              if (failed) return;
                              self->response_.keep_alive() ? self->read() : self->finish();
                          });
    }

    http_response answer_to(http_request const& request) const {
        try {
            return handler_(request);
        } catch (std::exception const& problem) {  // for the log; the client need not know
            std::fprintf(stderr, "http_server: %s\n", problem.what());
            return http_response(http::status::internal_server_error, 11);
        }
    }

    static http_response refusal(beast::error_code problem) {
        if (problem == http::error::header_limit)
            return http_response(http::status::request_header_fields_too_large, 11);
        if (problem == http::error::body_limit)
            return http_response(http::status::payload_too_large, 11);
        return http_response(http::status::bad_request, 11);
    }

    // Says that it is over, and waits a little for the client to hear it: a connection that is
    // closed with bytes unread takes the last response away from them.
    void finish() {
        beast::error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        stream_.expires_after(std::chrono::seconds(1));
        drain();
    }
    void drain() {
        buffer_.clear();
        stream_.async_read_some(buffer_.prepare(4096),
                                [self = shared_from_this()](beast::error_code end, std::size_t) {
                                    if (!end) self->drain();
                                });
    }

    beast::tcp_stream stream_;
    http_handler const& handler_;
    http_limits const& limits_;
    std::atomic<int>& open_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http_response response_;
};

/// Plain HTTP, for this machine alone: what speaks TLS to the world stands in front of it.
class http_server {
public:
    /// Port 0: any that is free. Throws boost::system::system_error where it can't listen.
    http_server(unsigned short port, http_handler handler, http_limits const& limits = {})
        : handler_(std::move(handler)),
          limits_(limits),
          acceptor_(net::make_strand(io_), {net::ip::address_v4::loopback(), port}) {
        signals_.async_wait([this](beast::error_code problem, int) {
            if (!problem) close();
        });
        accept();
    }

    [[nodiscard]] unsigned short port() const { return acceptor_.local_endpoint().port(); }

    /// Serves, with two threads, until it is stopped.
    void run() {
        std::jthread const another([this] { work(); });
        work();
    }

    /// From any thread.
    void stop() {
        net::post(acceptor_.get_executor(), [this] { close(); });
    }

private:
    void work() {
        for (bool stopped = false; !stopped;) {
            try {
                io_.run();
                stopped = true;
            } catch (std::exception const& problem) {  // of one connection: the others go on
                std::fprintf(stderr, "http_server: %s\n", problem.what());
            }
        }
    }

    void accept() {
        auto const taken = [this](beast::error_code problem, tcp::socket socket) {
            if (acceptor_.is_open()) take(problem, std::move(socket));
        };
        acceptor_.async_accept(net::make_strand(io_), taken);
    }

    void take(beast::error_code problem, tcp::socket socket) {
        if (problem) {  // the system has no more descriptors, say: not at once again
            pause_.expires_after(std::chrono::milliseconds(100));
            return pause_.async_wait([this](beast::error_code) {
                if (acceptor_.is_open()) accept();
            });
        }
        if (open_ < limits_.connections)
            std::make_shared<http_connection>(std::move(socket), handler_, limits_, open_)->start();
        accept();
    }

    // Takes nobody new, and gives those who are being served a second to end.
    void close() {
        acceptor_.close();
        signals_.cancel();
        pause_.expires_after(std::chrono::seconds(1));
        pause_.async_wait([this](beast::error_code) { io_.stop(); });
    }

    http_handler const handler_;
    http_limits const limits_;
    std::atomic<int> open_ = 0;
    net::io_context io_;
    tcp::acceptor acceptor_;  // its strand is also that of the signals and of the pause
    net::signal_set signals_{acceptor_.get_executor(), SIGINT, SIGTERM};
    net::steady_timer pause_{acceptor_.get_executor()};
};

#endif
