#include "tests/bench/peer_brokers.hpp"

#include <fmt/format.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "tests/bench/check.hpp"

#if SOLNOMA_HAS_HIREDIS
#include <hiredis/hiredis.h>
#endif
#if SOLNOMA_HAS_NATS
#include <nats/nats.h>
#endif

namespace solnoma::bench {
namespace {

/// A program that serves until this goes.
class Server {
 public:
  explicit Server(std::vector<std::string> command) : process_(fork()) {
    require(process_ >= 0, "no process could be started");
    if (process_ != 0) return;
    std::vector<char*> arguments;
    for (std::string& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (std::freopen("/dev/null", "w", stdout) != nullptr &&
        std::freopen("/dev/null", "w", stderr) != nullptr)
      execvp(arguments.front(), arguments.data());
    _exit(127);
  }
  ~Server() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Tries until it answers.
  void wait_for(const std::function<bool()>& answers, const char* name) const {
    for (int i = 0; i < 500; ++i) {
      if (answers()) return;
      require(waitpid(process_, nullptr, WNOHANG) == 0,
              fmt::format("{} did not start: is it installed?", name));
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    throw Wrong(fmt::format("{} does not answer", name));
  }

 private:
  pid_t process_;
};

#if SOLNOMA_HAS_HIREDIS
class Redis : public Broker {
 public:
  explicit Redis(const std::string& directory)
      : socket_(directory + "/socket"),
        server_({"redis-server", "--port", "0", "--unixsocket", socket_, "--dir", directory,
                 "--appendonly", "yes", "--appendfsync", "always", "--save", ""}) {
    server_.wait_for(
        [&] {
          context_.reset(redisConnectUnix(socket_.c_str()));
          return context_ && context_->err == 0;
        },
        "redis-server");
  }
  void append(std::span<const std::string> payloads) override {
    for (const std::string& payload : payloads)
      require(redisAppendCommand(context_.get(), "XADD log * e %b", payload.data(),
                                 payload.size()) == REDIS_OK,
              "Redis refused a command");
    for (std::size_t i = 0; i < payloads.size(); ++i)
      require(reply()->type == REDIS_REPLY_STRING, "Redis refused an entry");
  }
  std::uint64_t count() override {
    redisAppendCommand(context_.get(), "XLEN log");
    return static_cast<std::uint64_t>(reply()->integer);
  }

 private:
  struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
  };
  struct FreeContext {
    void operator()(redisContext* context) const { redisFree(context); }
  };
  std::unique_ptr<redisReply, FreeReply> reply() {
    void* reply = nullptr;
    require(redisGetReply(context_.get(), &reply) == REDIS_OK, "Redis does not answer");
    return std::unique_ptr<redisReply, FreeReply>(static_cast<redisReply*>(reply));
  }

  std::string socket_;
  Server server_;
  std::unique_ptr<redisContext, FreeContext> context_;
};
#endif

#if SOLNOMA_HAS_NATS
void must(natsStatus status) {
  require(status == NATS_OK, fmt::format("NATS: {}", natsStatus_GetText(status)));
}

class Nats : public Broker {
 public:
  explicit Nats(const std::string& directory)
      : server_({"nats-server", "--addr", "127.0.0.1", "--port", "-1", "--ports_file_dir",
                 directory, "--jetstream", "--store_dir", directory}) {
    server_.wait_for([&] { return connect(directory); }, "nats-server");
    must(natsConnection_JetStream(&stream_, connection_, nullptr));
    jsStreamConfig config;
    must(jsStreamConfig_Init(&config));
    std::array<const char*, 1> subjects{"log"};
    config.Name = "log";
    config.Subjects = subjects.data();
    config.SubjectsLen = 1;
    config.Storage = js_FileStorage;
    config.Replicas = 1;
    must(js_AddStream(nullptr, stream_, &config, nullptr, nullptr));
  }
  ~Nats() override {
    jsCtx_Destroy(stream_);
    natsConnection_Destroy(connection_);
    nats_Close();
  }
  void append(std::span<const std::string> payloads) override {
    for (const std::string& payload : payloads)
      must(js_PublishAsync(stream_, "log", payload.data(), static_cast<int>(payload.size()),
                           nullptr));
    must(js_PublishAsyncComplete(stream_, nullptr));
  }
  std::uint64_t count() override {
    jsStreamInfo* info = nullptr;
    must(js_GetStreamInfo(&info, stream_, "log", nullptr, nullptr));
    const std::uint64_t messages = info->State.Msgs;
    jsStreamInfo_Destroy(info);
    return messages;
  }

 private:
  /// The server writes where it listens into a file, as {"nats": ["nats://127.0.0.1:4222"], ...}.
  bool connect(const std::string& directory) {
    for (const auto& file : std::filesystem::directory_iterator(directory)) {
      if (file.path().extension() != ".ports") continue;
      std::ifstream in(file.path());
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      const std::size_t begin = text.find("nats://");
      const std::size_t end = text.find('"', begin);
      if (begin == std::string::npos || end == std::string::npos) return false;
      return natsConnection_ConnectTo(&connection_, text.substr(begin, end - begin).c_str()) ==
             NATS_OK;
    }
    return false;
  }

  Server server_;
  natsConnection* connection_ = nullptr;
  jsCtx* stream_ = nullptr;
};
#endif

std::unique_ptr<Broker> start_redis([[maybe_unused]] const std::string& directory) {
#if SOLNOMA_HAS_HIREDIS
  return std::make_unique<Redis>(directory);
#else
  throw Wrong("this benchmark was built without hiredis");
#endif
}

std::unique_ptr<Broker> start_nats([[maybe_unused]] const std::string& directory) {
#if SOLNOMA_HAS_NATS
  return std::make_unique<Nats>(directory);
#else
  throw Wrong("this benchmark was built without cnats");
#endif
}

constexpr std::array kKinds{
    BrokerKind{"redis", "floor: Redis Streams, appendfsync always, 1,000 pipelined", start_redis},
    BrokerKind{"nats", "floor: NATS JetStream, file, R1, 1,000 on their way; as it is, unsynced",
               start_nats}};

}  // namespace

std::span<const BrokerKind> broker_kinds() {
  return kKinds;
}

}  // namespace solnoma::bench
