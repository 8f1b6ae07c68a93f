// Whatever a store asks of its disk fails once, or from then on: the n-th time, for every n.
// SOLNOMA_STRIDE=1 tries each n, the tests every few.

#include <array>

#include "tests/sim/story.hpp"
#include "tests/support/engine_faulty_disk.hpp"

using namespace solnoma;
using namespace solnoma::sim;
using test::Fault;

namespace {

constexpr unsigned kAnyChange = test::kWrite | test::kSync | test::kSyncDirectory | test::kCreate |
                                test::kRename | test::kLink | test::kRemove | test::kTruncate |
                                test::kMakeDirectory;

struct Kind {
  const char* name;
  unsigned operations;
  Fault::Manner manner;
  int usual_stride;
};

// Strides without a common divisor, so that kinds strike at different moments.
constexpr std::array kKinds{
    Kind{"writing", test::kWrite, Fault::error, 211},
    Kind{"writing half of it", test::kWrite, Fault::short_write, 179},
    Kind{"syncing", test::kSync | test::kSyncDirectory, Fault::error, 101},
    Kind{"creating files and directories", test::kCreate | test::kMakeDirectory, Fault::error, 61},
    Kind{"renaming", test::kRename | test::kLink, Fault::error, 13},
    Kind{"removing", test::kRemove, Fault::error, 53},
    Kind{"finding room", test::kWrite | test::kCreate, Fault::no_space, 251},
    Kind{"any change", kAnyChange, Fault::error, 293},
    Kind{"reading", test::kRead, Fault::error, 397},
};

/// Why something failed while the disk was faulty: that, and no excuse.
void check_reasons(const std::vector<Error>& errors) {
  for (const Error& error : errors) {
    INFO(error.what);
    const bool honest = error.code == Errc::io || error.code == Errc::unavailable;
    CHECK(honest);
  }
}

}  // namespace

TEST_CASE("the story is told in full where nothing fails") {
  const Disk memory = Disk::memory();
  Story story(memory);
  story.tell();
  CHECK(story.errors().empty());
  CHECK(story.acknowledged() == story.attempted());
  Untouched untouched;
  check_promises(memory, story.acknowledged(), story.attempted(), untouched);
}

TEST_CASE("whatever fails of a disk, and whenever: nothing acknowledged is lost") {
  Untouched untouched;
  int tried = 0;
  for (const Kind& kind : kKinds) {
    for (const bool lasting : {false, true}) {
      bool struck = true;
      for (int n = 1; struck; n += stride(kind.usual_stride)) {
        const std::string what = kind.name;
        INFO(what, " fails, number ", n, lasting, " (1: and from then on)");
        const Disk memory = Disk::memory();
        const auto faulty = std::make_shared<test::FaultyDisk>(memory);
        faulty->inject({kind.operations, "", n, lasting, kind.manner});
        Story story(test::as_disk(faulty));
        story.tell();
        struck = faulty->struck() > 0;
        faulty->heal();
        check_reasons(story.errors());
        check_promises(memory, story.acknowledged(), story.attempted(), untouched);
        ++tried;
      }
    }
  }
  MESSAGE(tried, " failing disks");
}
