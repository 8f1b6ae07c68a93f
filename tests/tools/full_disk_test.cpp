// A real small disk (tmpfs), which root may mount; without that right these tests say so.

#include <doctest/doctest.h>
#include <sys/mount.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/program.hpp"

using namespace solnoma::test;

namespace {

class SmallDisk {
 public:
  explicit SmallDisk(std::string path) : path_(std::move(path)) {
    std::filesystem::create_directory(path_);
    mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=2m") == 0;
    if (!mounted_) MESSAGE("no right to mount a disk: ", std::strerror(errno));
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] bool make_read_only() const {
    return ::mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=2m") == 0;
  }
  /// Takes all room but what the file system keeps back.
  void fill() const {
    std::ofstream file(path_ + "/filler", std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  void make_room() const { std::filesystem::remove(path_ + "/filler"); }

 private:
  std::string path_;
  bool mounted_ = false;
};

/// Many small events as JSON Lines.
std::string events(int from, int to) {
  std::string lines;
  for (int i = from; i < to; ++i)
    lines += R"({"specversion":"1.0","source":"urn:t","type":"solnoma.opened","subject":"park/p)" +
             std::to_string(i % 50) + R"(","known":"2024-05-01","id":"e)" + std::to_string(i) +
             R"(","data":{"note":")" + std::string(200, static_cast<char>('a' + i % 26)) + "\"}}\n";
  return lines;
}

}  // namespace

TEST_CASE(
    "a full disk is an error, the store stays readable, and work goes on when there is room") {
  const Workshop w;
  const SmallDisk disk(w.path("disk"));
  if (!disk.mounted()) return;
  const std::string store = disk / "store";
  const auto solnoma = [&](std::vector<std::string> arguments, std::string_view input = {}) {
    arguments.insert(arguments.begin(), {"--store", store});
    return w.solnoma(arguments, input);
  };
  REQUIRE(solnoma({"history", "--init"}).exit == 0);
  const std::string before = solnoma({"status", "--as-of", "2025-12-31"}).out;
  const std::string head = solnoma({"head"}).out;
  disk.fill();

  const auto refused = solnoma({"import", "--batch", "500", "-"}, events(0, 20'000));
  CHECK(refused.exit == 3);
  CHECK_MESSAGE(refused.err.find("free space") != std::string::npos, refused.err);
  CHECK(refused.err.find('\n') == refused.err.size() - 1);
  const auto read = solnoma({"log", "--limit", "3"});
  CHECK_MESSAGE(read.exit == 0, read.err);
  CHECK(solnoma({"status", "--as-of", "2025-12-31", "--at", "50"}).exit == 0);

  disk.make_room();
  const auto whole = solnoma({"import", "-"}, events(0, 1'000));
  CHECK_MESSAGE(whole.exit == 0, whole.err);
  CHECK(solnoma({"verify", "--head", head.substr(0, head.size() - 1)}).exit == 0);
  const std::string after = solnoma({"status", "--as-of", "2025-12-31", "--at", "50"}).out;
  CHECK(after.substr(after.find('\n')) == before.substr(before.find('\n')));
}

TEST_CASE("a read-only disk answers questions, and refuses events") {
  const Workshop w;
  const SmallDisk disk(w.path("disk"));
  if (!disk.mounted()) return;
  const std::string store = disk / "store";
  REQUIRE(w.solnoma({"--store", store, "history", "--init"}).exit == 0);
  REQUIRE(disk.make_read_only());
  for (const std::vector<std::string>& question : {std::vector<std::string>{"status"},
                                                   {"timeline"},
                                                   {"report"},
                                                   {"export"},
                                                   {"verify"},
                                                   {"head"},
                                                   {"prove", "s3-navoi-completed"},
                                                   {"backup", w.path("copy")}}) {
    std::vector<std::string> arguments{"--store", store};
    arguments.insert(arguments.end(), question.begin(), question.end());
    const auto run = w.solnoma(arguments);
    CHECK_MESSAGE(run.exit == 0, question[0], ": ", run.err);
  }
  for (const std::vector<std::string>& change :
       {std::vector<std::string>{"append", "opened", "park/navoi", "--known", "2026-01-01"},
        {"rebuild"},
        {"retract", "s3-navoi-completed", "--reason", "x"}}) {
    std::vector<std::string> arguments{"--store", store};
    arguments.insert(arguments.end(), change.begin(), change.end());
    const auto run = w.solnoma(arguments);
    CHECK_MESSAGE(run.exit == 3, change[0], ": ", run.err);
    CHECK(run.err.find("ead-only") != std::string::npos);
  }
}
