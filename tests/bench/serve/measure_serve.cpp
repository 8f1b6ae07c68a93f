#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "tests/bench/check.hpp"
#include "tests/bench/groups.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/serve/askers.hpp"
#include "tests/bench/serve/recorders.hpp"
#include "tests/bench/serve/server.hpp"
#include "tests/bench/serve/subscribers.hpp"
#include "tests/bench/writers.hpp"

namespace solnoma::bench {
namespace {

constexpr double kMebibyte = 1 << 20;
constexpr std::size_t kClients = 16;
constexpr std::size_t kSubscribers = 5'000;
/// Subjects: what the targets of the board are for. Some of the workload's never have an event.
constexpr std::uint64_t kBoardLeast = 9'900, kBoardMost = 10'000;

/// Connections take descriptors of this process, of which a shell gives 1,024.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

double own_processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The smallest value that `share` of all are not above.
double percentile(std::vector<double> values, double share) {
  require(!values.empty(), "nothing was measured");
  const auto at =
      static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(values.size())) - 1);
  std::ranges::nth_element(values, values.begin() + at);
  return values[static_cast<std::size_t>(at)];
}

/// What a load came to.
struct Load {
  double rate = 0;                // answers a second
  std::vector<double> took = {};  // each, in ms
  double server = 0, client = 0;  // processors that they kept busy
};

/// The runs of one load, the medians of which are told.
struct Loads {
  std::vector<double> rates, p99, server, client;

  void add(const Load& load) {
    rates.push_back(load.rate);
    p99.push_back(percentile(load.took, 0.99));
    server.push_back(load.server);
    client.push_back(load.client);
  }
  [[nodiscard]] std::string note() const {
    return fmt::format("p99 {:.2f} ms; of a processor the server took {:.2f}, the client {:.2f}",
                       median(p99), median(server), median(client));
  }
};

/// A server on the site's store, with what is asked of it.
class Measured {
 public:
  explicit Measured(Site& site) : site_(site) { start(); }

  void questions();
  void appends();
  void latency();
  void subscribers();
  void all_at_once();
  void end();

 private:
  void start() {
    server_ = std::make_unique<Server>(site_.options().program, site_.store(),
                                       site_.store() + ".requests");
  }
  [[nodiscard]] std::uint64_t head() const;
  [[nodiscard]] std::vector<std::vector<Event>> events_for(std::size_t clients, std::size_t each);
  [[nodiscard]] Load load(std::size_t connections, const Askers::Next& next,
                          const Askers::Check& check, std::uint64_t answers);
  [[nodiscard]] Load record(std::size_t clients, std::size_t each);
  [[nodiscard]] Loads same_question(std::size_t connections, const std::string& request,
                                    std::uint64_t answers, const Askers::Check& check);
  [[nodiscard]] std::string told_by_program(std::vector<std::string> words) const;
  void one_subject(const Vantage& vantage);
  void each_subject(const Vantage& vantage, std::uint32_t subjects);
  void board(const Vantage& vantage, const std::vector<Status>& expected);
  [[nodiscard]] bool judged() const { return site_.events() >= kJudgedFrom; }
  [[nodiscard]] std::size_t subscriber_count() const {
    return std::min<std::size_t>(kSubscribers, site_.events() / 20);
  }

  Site& site_;
  std::unique_ptr<Server> server_;
};

std::uint64_t Measured::head() const {
  const Said said = ask(server_->port(), get_request("/v1/head"));
  require(said.status == 200, "the head of the server's log");
  return std::stoull(said.body.substr(said.body.find('@') + 1));
}

std::vector<std::vector<Event>> Measured::events_for(std::size_t clients, std::size_t each) {
  std::vector<std::vector<Event>> events(clients);
  for (auto& own : events)
    while (own.size() < each) own.push_back(site_.workload().next_ordinary());
  return events;
}

std::string Measured::told_by_program(std::vector<std::string> words) const {
  words.insert(words.begin(), {site_.options().program, "--store", site_.store()});
  return run_child(words).out;
}

/// As many answers as asked for, over connections that stay.
Load Measured::load(std::size_t connections, const Askers::Next& next, const Askers::Check& check,
                    std::uint64_t answers) {
  boost::asio::io_context io(1);
  std::uint64_t asked = 0;
  const double server = server_->processor_seconds();
  const double client = own_processor_seconds();
  const Stopwatch watch;
  const Askers askers(
      io, server_->port(), connections,
      [&](std::size_t connection) { return asked++ < answers ? next(connection) : nullptr; },
      check);
  run_until(io, [&] { return askers.busy() == 0; });
  const double seconds = watch.seconds();
  require(askers.took().size() == answers, "how many answers came");
  return {static_cast<double>(answers) / seconds, askers.took(),
          (server_->processor_seconds() - server) / seconds,
          (own_processor_seconds() - client) / seconds};
}

Loads Measured::same_question(std::size_t connections, const std::string& request,
                              std::uint64_t answers, const Askers::Check& check) {
  const auto next = [&](std::size_t) { return &request; };
  Loads loads;
  static_cast<void>(load(connections, next, check, answers));  // to warm up
  for (int run = 0; run < site_.runs(); ++run) loads.add(load(connections, next, check, answers));
  return loads;
}

/// The same subject again and again: the server has the answer already.
void Measured::one_subject(const Vantage& vantage) {
  const SubjectNumber subject{static_cast<std::uint32_t>(site_.expected()[1].size() / 2)};
  const std::string name = must(site_.log().subject_name(subject), "naming a subject");
  const std::string day = to_string(vantage.as_of);
  const std::string expected =
      told_by_program({"status", name, "--as-of", day, "--format", "json"});
  const Loads loads = same_question(
      kClients, get_request(fmt::format("/v1/status/{}?as-of={}", name, day)),
      std::min<std::uint64_t>(site_.events() / 2, 50'000), [&](std::size_t, const Answer& answer) {
        require(answer.status == 200 && answer.body == expected, "the server's status of " + name);
      });
  Figure rate{.name = "serve, status SUBJECT",
              .unit = "/s",
              .ours = median(loads.rates),
              .runs = site_.runs(),
              .note = fmt::format("{} clients; {}", kClients, loads.note())};
  Figure slowest{.name = "serve, status SUBJECT, p99",
                 .unit = "ms",
                 .better = Better::less,
                 .ours = median(loads.p99),
                 .runs = site_.runs()};
  if (judged()) {
    rate.at_least(10'000);
    slowest.at_most(10);
  }
  site_.report(rate);
  site_.report(slowest);
}

/// Each question about another subject: none is answered already, but for the last ones of a run
/// where there are few subjects.
void Measured::each_subject(const Vantage& vantage, std::uint32_t subjects) {
  struct Question {
    std::string name, request = {};
    Status status = {};
  };
  std::vector<Question> questions;
  for (std::uint32_t i = 0; i < std::min(subjects, 5'000U); ++i) {
    std::string name = must(site_.log().subject_name(SubjectNumber{i}), "naming a subject");
    questions.push_back({.name = std::move(name)});
  }
  std::vector<std::size_t> asked(kClients);
  std::size_t next = 0;
  Loads loads;
  for (int run = -1; run < site_.runs(); ++run) {
    // A day that nobody has asked for.
    const std::string day = to_string(Day{vantage.as_of.number + run + 1});
    const auto at = site_.expected_at({Vantage{.as_of = Day{vantage.as_of.number + run + 1}}})[0];
    for (std::size_t i = 0; i < questions.size(); ++i) {
      questions[i].request =
          get_request(fmt::format("/v1/status/{}?as-of={}", questions[i].name, day));
      questions[i].status = at[i];
    }
    next = 0;
    const Load load = this->load(
        kClients,
        [&](std::size_t connection) {
          asked[connection] = next++;
          return &questions[asked[connection]].request;
        },
        [&](std::size_t connection, const Answer& answer) {
          const Question& question = questions[asked[connection]];
          require(answer.status == 200 &&
                      answer.body.find('"' + question.name + '"') != std::string_view::npos &&
                      occurrences(answer.body, status_field(question.status)) == 1,
                  "the server's status of " + question.name);
        },
        questions.size());
    if (run >= 0) loads.add(load);
  }
  site_.report({.name = "serve, status of each subject",
                .unit = "/s",
                .ours = median(loads.rates),
                .runs = site_.runs(),
                .note = fmt::format("none asked before; {}", loads.note())});
}

/// All subjects at a vantage that was asked for before, and the same where the client has it.
void Measured::board(const Vantage& vantage, const std::vector<Status>& expected) {
  const std::string day = to_string(vantage.as_of);
  const std::string told =
      told_by_program({"status", "--brief", "--as-of", day, "--format", "json"});
  const StatusCounts counts = counts_of(expected);
  for (std::size_t i = 1; i < kStatuses; ++i)
    require(occurrences(told, status_field(static_cast<Status>(i))) == counts[i],
            fmt::format("the program's count of {}", name(static_cast<Status>(i))));
  const std::string target = fmt::format("/v1/status?brief&as-of={}", day);
  const Said first = ask(server_->port(), get_request(target));
  require(first.body == told && !first.tag.empty(), "the server's status of all subjects");

  constexpr std::size_t kReaders = 4;
  const bool judged_here =
      judged() && expected.size() >= kBoardLeast && expected.size() <= kBoardMost;
  const std::uint64_t asked = std::clamp<std::uint64_t>(2'000'000 / expected.size(), 20, 500);
  const Loads all =
      same_question(kReaders, get_request(target), asked, [&](std::size_t, const Answer& answer) {
        require(answer.status == 200 && answer.body == told, "the server's status of all subjects");
      });
  Figure board{.name = "serve, status of all",
               .unit = "/s",
               .ours = median(all.rates),
               .runs = site_.runs(),
               .note = fmt::format("{} subjects, {:.1f} MB; {}", expected.size(),
                                   static_cast<double>(told.size()) / 1e6, all.note())};
  if (judged_here) board.at_least(200);
  site_.report(board);

  const Loads same = same_question(
      kClients, get_request(target, fmt::format("If-None-Match: {}\r\n", first.tag)),
      std::min<std::uint64_t>(site_.events() / 2, 50'000), [&](std::size_t, const Answer& answer) {
        require(answer.status == 304 && answer.tag == first.tag && answer.body.empty(),
                "that the answer is the one that the client has");
      });
  Figure unchanged{.name = "serve, status of all, 304",
                   .unit = "/s",
                   .ours = median(same.rates),
                   .runs = site_.runs(),
                   .note = same.note()};
  if (judged_here) unchanged.at_least(15'000);
  site_.report(unchanged);
}

void Measured::questions() {
  const Vantage vantage = site_.vantages()[1];
  const auto expected = site_.expected_at({Vantage{.as_of = vantage.as_of}})[0];
  one_subject(vantage);
  each_subject(vantage, static_cast<std::uint32_t>(expected.size()));
  board(vantage, expected);
}

/// What so many clients come to that record at the same time.
Load Measured::record(std::size_t clients, std::size_t each) {
  boost::asio::io_context io(1);
  Recorders recorders(*server_, events_for(clients, each));
  const std::uint64_t before = head();
  const double server = server_->processor_seconds();
  const double client = own_processor_seconds();
  const Stopwatch watch;
  recorders.begin(io);
  run_until(io, [&] { return recorders.done(); });
  const double seconds = watch.seconds();
  const Load load{static_cast<double>(recorders.count()) / seconds, recorders.took(),
                  (server_->processor_seconds() - server) / seconds,
                  (own_processor_seconds() - client) / seconds};
  recorders.check_log(before);
  return load;
}

/// Sixteen clients beside sixteen threads that have the store for themselves, in turns; and more
/// clients, whose requests are on their way while others are synced.
void Measured::appends() {
  constexpr std::size_t kMany = 64;
  const std::size_t each = 100 * static_cast<std::size_t>(site_.runs());
  std::vector<double> floor, ratios;
  Loads few, many;
  for (int run = -1; run < site_.runs(); ++run) {
    server_->stop();
    site_.close();
    double inside = 0;
    {
      const auto journal = site_.open_for_writing();
      static_cast<void>(rate_of_writers(*journal, events_for(kClients, 20)));  // to warm up
      inside = rate_of_writers(*journal, events_for(kClients, each));
    }
    start();
    static_cast<void>(record(kClients, 20));
    const Load of_few = record(kClients, each);
    const Load of_many = record(kMany, each / 4);
    if (run < 0) continue;
    few.add(of_few);
    many.add(of_many);
    floor.push_back(inside);
    ratios.push_back(of_few.rate / inside);
  }
  Figure figure{.name = "serve, append, 16 clients",
                .unit = "events/s",
                .ours = median(few.rates),
                .floor = median(floor),
                .runs = site_.runs(),
                .note = "floor: 16 threads in process; " + few.note()};
  site_.report(figure);
  figure.name = fmt::format("serve, append, {} clients", kMany);
  figure.ours = median(many.rates);
  figure.note = many.note();
  site_.report(figure);
  Figure ratio{.name = "serve, append, against process",
               .unit = "x",
               .ours = median(ratios),
               .runs = site_.runs(),
               .note = "16 clients; medians of pairs"};
  if (judged()) ratio.at_least(0.7);
  site_.report(ratio);
}

/// From when an event is sent to be recorded until one who listens has it.
void Measured::latency() {
  const std::size_t count = 40 * static_cast<std::size_t>(site_.runs());
  boost::asio::io_context io(1);
  const std::uint64_t before = head();
  const Subscribers listener(io, server_->port(), 1, before);
  run_until(io, [&] { return listener.caught_up() == 1; });
  std::vector<double> took;
  for (std::size_t i = 0; i < count; ++i) {
    Recorders one(*server_, events_for(1, 1));
    const auto began = std::chrono::steady_clock::now();
    one.begin(io);
    run_until(io, [&] { return one.done() && listener.all_heard(i + 1); });
    took.push_back(
        std::chrono::duration<double, std::milli>(listener.heard()[i].first - began).count());
  }
  require(head() == before + count, "the head after single events");
  Figure figure{.name = "serve, event at a subscriber",
                .unit = "ms",
                .better = Better::less,
                .ours = percentile(took, 0.5),
                .runs = static_cast<int>(count),
                .note = "from when it is sent; p50"};
  site_.report(Figure(figure).at_most(50));
  figure.note = "p99";
  figure.ours = percentile(took, 0.99);
  site_.report(figure.at_most(50));
}

/// Many who listen while nothing happens, and then all are told.
void Measured::subscribers() {
  const std::size_t count = subscriber_count();
  // A server that has just begun: nothing else is in its memory.
  server_->stop();
  start();
  const std::uint64_t before = head();
  const double alone = static_cast<double>(server_->memory());
  boost::asio::io_context io(1);
  const Subscribers all(io, server_->port(), count, before);
  run_until(io, [&] { return all.caught_up() == count; });
  const auto idle = static_cast<double>(server_->memory());
  std::vector<double> took;
  for (std::size_t i = 0; i < 4 * static_cast<std::size_t>(site_.runs()); ++i) {
    Recorders one(*server_, events_for(1, 1));
    const auto began = std::chrono::steady_clock::now();
    one.begin(io);
    run_until(io, [&] { return one.done() && all.all_heard(i + 1); });
    took.push_back(std::chrono::duration<double, std::milli>(all.heard()[i].last - began).count());
  }
  Figure memory{
      .name = "serve, idle subscribers",
      .unit = "MiB",
      .better = Better::less,
      .ours = idle / kMebibyte,
      .note = fmt::format("{} of them, {:.1f} KiB each; {:.0f} MiB without them", count,
                          (idle - alone) / 1024 / static_cast<double>(count), alone / kMebibyte)};
  Figure reached{.name = "serve, event at all of them",
                 .unit = "ms",
                 .better = Better::less,
                 .ours = percentile(took, 1),
                 .runs = static_cast<int>(took.size()),
                 .note = fmt::format("the slowest; median {:.0f}", median(took))};
  if (count == kSubscribers) {
    memory.at_most(150);
    reached.at_most(1'000);
  }
  site_.report(memory);
  site_.report(reached);
}

/// Sixteen record while others ask and all subscribers listen: nothing may be lost on any way.
void Measured::all_at_once() {
  const Vantage vantage = site_.vantages()[1];
  const std::string day = to_string(vantage.as_of);
  const std::string status = get_request(
      fmt::format("/v1/status/{}?as-of={}",
                  must(site_.log().subject_name(SubjectNumber{0}), "naming a subject"), day));
  const std::string board = get_request(fmt::format("/v1/status?brief&as-of={}", day));
  const std::size_t count = subscriber_count();
  const std::uint64_t before = head();
  boost::asio::io_context io(1);
  const Subscribers all(io, server_->port(), count, before);
  run_until(io, [&] { return all.caught_up() == count; });
  Recorders recorders(*server_, events_for(kClients, 8 * static_cast<std::size_t>(site_.runs())));
  std::uint64_t answers = 0;
  const auto until_recorded = [&](const std::string& request) {
    return [&](std::size_t) { return recorders.done() ? nullptr : &request; };
  };
  const auto check = [&](std::size_t, const Answer& answer) {
    require(answer.status == 200 && answer.body.starts_with("{\"vantage\":"),
            "an answer meanwhile");
    ++answers;
  };
  const Stopwatch watch;
  recorders.begin(io);
  const Askers of_one(io, server_->port(), 4, until_recorded(status), check);
  const Askers of_all(io, server_->port(), 1, until_recorded(board), check);
  run_until(io, [&] { return recorders.done() && of_one.busy() + of_all.busy() == 0; });
  const double seconds = watch.seconds();
  run_until(io, [&] { return all.all_heard(recorders.count()); });
  recorders.check_log(before);
  require(head() == before + recorders.count(), "the head after all at once");
  site_.report({.name = "serve, append, all at once",
                .unit = "events/s",
                .ours = static_cast<double>(recorders.count()) / seconds,
                .note = fmt::format("beside {} subscribers, told of each; {:.0f} other answers/s",
                                    count, static_cast<double>(answers) / seconds)});
}

void Measured::end() {
  server_->stop();
  server_.reset();
  const std::string verified = told_by_program({"verify"});
  require(!verified.empty(), "the log is verified");
}

}  // namespace

void measure_serve(Site& site) {
  raise_file_limit();
  site.close();
  Measured measured(site);
  measured.questions();
  measured.appends();
  measured.latency();
  measured.subscribers();
  measured.all_at_once();
  measured.end();
  site.close();
}

}  // namespace solnoma::bench
