// Every single bit of a store's files is turned over, one at a time: that is found, or it
// changes no answer. Nobody is answered wrongly, and no program stops. SOLNOMA_STRIDE=1 tries
// every bit, the tests every few; SOLNOMA_FLIPS says how many random ones of a larger store.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <utility>

#include "engine/inclusion_proof.hpp"
#include "tests/sim/store_files.hpp"
#include "tests/sim/story.hpp"
#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_process.hpp"
#include "tests/support/random.hpp"

using namespace solnoma;
using namespace solnoma::sim;
using namespace solnoma::test;

namespace {

/// Everything that can be asked of a log, as text; a question that is refused is left out.
std::map<std::string, std::string> answers_of(const Log& log, std::uint64_t head) {
  std::map<std::string, std::string> answers;
  answers["head"] = std::to_string(log.head().value);
  std::string text;
  auto all = log.read(Position{1}, Direction::forwards, [&](const RecordedEvent& e) {
    for (const std::string_view part : {e.subject, e.source, e.id, e.payload})
      text += std::string(part) + '\n';
    text += std::to_string(e.revision.value) + ' ' + std::to_string(e.supersedes.value) + ' ' +
            std::to_string(e.recorded.time_since_epoch().count()) + '\n';
    return true;
  });
  if (all) answers["events"] = text;
  for (std::uint64_t id = 1; id <= head + 1; ++id) {
    const auto found = log.find(std::to_string(id));
    if (!found) continue;
    answers["id " + std::to_string(id)] =
        found->size() == 1 ? std::to_string(found->front().value) : std::to_string(found->size());
  }
  const auto count = log.subject_count();
  if (count) answers["subjects"] = std::to_string(*count);
  for (std::uint32_t number = 0; number < 9; ++number) {
    const std::string who = std::to_string(number);
    if (const auto rows = log.rows(SubjectNumber{number})) {
      std::string bytes;
      for (const Row& row : *rows) bytes.append(reinterpret_cast<const char*>(&row), sizeof row);
      answers["rows of " + who] = bytes;
    }
    if (const auto revision = log.revision(SubjectNumber{number}))
      answers["revision of " + who] = std::to_string(revision->value);
    if (const auto known = log.subject("park/" + who))
      answers["number of " + who] = *known ? std::to_string((*known)->value) : "none";
    if (number < count.value_or(0))
      if (const auto name = log.subject_name(SubjectNumber{number})) answers["name " + who] = *name;
  }
  if (log.head().value == head)
    for (const std::uint64_t at : {head / 2, head})
      if (const auto root = log.tree_head(Position{at}))
        answers["head at " + std::to_string(at)] = to_string(*root);
  return answers;
}

/// No answer is another one than that of the whole store.
void check_none_wrong(const std::map<std::string, std::string>& answers,
                      const std::map<std::string, std::string>& expected) {
  for (const auto& [question, answer] : answers) {
    const auto right = expected.find(question);
    REQUIRE_MESSAGE(right != expected.end(), question);
    CHECK_MESSAGE(answer == right->second, question);
  }
}

/// What a damaged store does to those who open it; whether anybody noticed.
bool check_damaged(const Files& damaged, const std::map<std::string, std::string>& expected,
                   std::uint64_t head) {
  const Disk disk = disk_of(damaged);
  bool noticed = true;
  if (const auto log = Log::open(disk, kStore, dating_of)) {
    const auto answers = answers_of(**log, head);
    check_none_wrong(answers, expected);
    noticed = !verify_log(**log);
    // What verify lets pass is whole: every question has its answer.
    if (!noticed) CHECK(answers.size() == expected.size());
  }
  ManualClock clock;
  if (auto journal = Journal::open(disk, kStore, clock, dating_of)) {
    // A writer has mended what it met; what it did not meet, a rebuild mends.
    check_none_wrong(answers_of((*journal)->log(), head), expected);
    if ((*journal)->rebuild()) {
      CHECK(answers_of((*journal)->log(), head) == expected);
      check_verified((*journal)->log());
    }
  }
  return noticed;
}

/// Which bits a process is to turn over, and how far it is: seen by the one that started it,
/// which outlives it.
struct Work {
  std::uint64_t next, end;  ///< the next one, and where to stop
  std::uint64_t stride;     ///< how far from one to the next; 0: those that chance has it
  std::uint64_t noticed, harmless;

  [[nodiscard]] std::uint64_t bit(std::uint64_t all) const {
    return stride > 0 ? next : Random(next).bits() % all;
  }
  void go_on() { next += std::max<std::uint64_t>(stride, 1); }
};

class SharedWork {
 public:
  explicit SharedWork(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT, 0600);
    REQUIRE(file >= 0);
    REQUIRE(::ftruncate(file, sizeof(Work)) == 0);
    void* const memory = ::mmap(nullptr, sizeof(Work), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    REQUIRE(memory != MAP_FAILED);
    work_ = static_cast<Work*>(memory);
    ::close(file);
  }
  ~SharedWork() { ::munmap(work_, sizeof(Work)); }
  SharedWork(const SharedWork&) = delete;
  SharedWork& operator=(const SharedWork&) = delete;
  Work* operator->() { return work_; }

 private:
  Work* work_ = nullptr;
};

/// Has a process of its own turn over the bits from `begin` to `end` of the store at
/// `directory`/store, and starts it again behind each one that stopped it.
void turn_over(const std::string& directory, std::uint64_t begin, std::uint64_t end,
               std::uint64_t stride) {
  SharedWork work(directory + "/work");
  *work.operator->() = {begin, end, stride, 0, 0};
  while (work->next < work->end) {
    Process looking("helper process: meets damaged stores*", directory + "/store");
    const int status = looking.wait();
    if (status == 0) continue;
    Files files = files_of(directory + "/store");
    const std::uint64_t bit = work->bit(bits_of(files));
    INFO("bit ", bit, " in ", flip(files, bit));
    CHECK_MESSAGE(status != -1, "a damaged store stopped the program");
    CHECK_MESSAGE(status < 1, "a damaged store was taken for a whole one");
    work->go_on();
  }
  MESSAGE(work->noticed, " were noticed, ", work->harmless, " changed nothing");
}

}  // namespace

TEST_CASE("helper process: meets damaged stores until one stops it" * doctest::skip()) {
  if (Process::directory().empty()) return;
  SharedWork work(Process::directory() + "/../work");
  Files files = files_of(Process::directory());
  const std::size_t all = bits_of(files);
  const Disk whole = disk_of(files);
  const auto log = Log::open(whole, kStore, dating_of);
  REQUIRE(log);
  const std::uint64_t head = (*log)->head().value;
  const auto expected = answers_of(**log, head);
  for (; work->next < work->end; work->go_on()) {
    const std::uint64_t bit = work->bit(all);
    const std::string name = flip(files, bit);
    INFO("bit ", bit, " in ", name);
    const bool noticed = check_damaged(files, expected, head);
    ++(noticed ? work->noticed : work->harmless);
    flip(files, bit);
  }
}

TEST_CASE("one bit turned over in a store is found, or changes nothing") {
  const TemporaryDirectory t;
  make_store(t / "store", 30, 40);
  const auto every = static_cast<std::uint64_t>(stride(211));
  turn_over(t.path(), 0, bits_of(files_of(t / "store")), every);
}

TEST_CASE("so it is with bits of a larger store that chance has turned over") {
  const TemporaryDirectory t;
  make_store(t / "store", 1'500, 2'000);
  const char* const given = std::getenv("SOLNOMA_FLIPS");
  turn_over(t.path(), base_seed(), base_seed() + (given ? std::strtoull(given, nullptr, 10) : 30),
            0);
}
