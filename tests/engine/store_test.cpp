#include <filesystem>
#include <fstream>
#include <functional>

#include "tests/support/engine_directory.hpp"
#include "tests/support/engine_fixture.hpp"

using namespace solnoma;
using namespace solnoma::test;
namespace fs = std::filesystem;

namespace {

void write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

Errc opened(const std::string& directory, Access access = Access::write) {
  const auto store = Store::open(Disk::real(), directory, access);
  REQUIRE(!store);
  return store.error().code;
}

}  // namespace

TEST_CASE("a store is made where nothing is, and only there") {
  const TemporaryDirectory t;
  const Disk disk = Disk::real();
  CHECK(Store::create(disk, t / "new"));
  CHECK(Store::create(disk, t / "new").error().code == Errc::conflict);
  fs::create_directory(t / "empty");
  CHECK(Store::create(disk, t / "empty"));
  CHECK(Store::open(disk, t / "empty", Access::write));
  fs::create_directory(t / "full");
  write(t / "full/letter", "");
  CHECK(Store::create(disk, t / "full").error().code == Errc::conflict);
  CHECK(fs::directory_iterator(t / "full")->path().filename() == "letter");
  write(t / "file", "");
  CHECK(Store::create(disk, t / "file").error().code == Errc::conflict);
  CHECK(Store::create(disk, t / "none/store").error().code == Errc::unavailable);
  CHECK(Store::create(disk, t / "slash/"));
  CHECK(Store::open(disk, t / "slash", Access::read));
}

TEST_CASE("making a store can be interrupted and run again") {
  const TemporaryDirectory t;
  const Disk disk = Disk::real();
  REQUIRE(Store::create(disk, t / "store"));
  SUBCASE("before the format was written") {}
  SUBCASE("while the format was written") {
    write(t / "store/FORMAT.new", "soln");
  }
  SUBCASE("while the database was made") {
    fs::remove_all(t / "store/db");
    fs::create_directory(t / "store/db");
  }
  fs::remove(t / "store/FORMAT");
  CHECK(opened(t / "store") == Errc::unavailable);
  CHECK(opened(t / "store", Access::read) == Errc::unavailable);
  CHECK(Store::create(disk, t / "store"));
  CHECK(Store::open(disk, t / "store", Access::write));
}

TEST_CASE("what is no store is not opened") {
  const TemporaryDirectory t;
  for (const Access access : {Access::read, Access::write}) {
    CHECK(opened(t / "missing", access) == Errc::unavailable);
    CHECK(opened(t.path(), access) == Errc::unavailable);
    write(t / "file", "");
    CHECK(opened(t / "file", access) == Errc::unavailable);
    CHECK(!fs::exists(t / "missing"));
  }
}

TEST_CASE("a store may stand in a directory that is called as files of the database are") {
  const TemporaryDirectory t;
  const Disk disk = Disk::real();
  for (const char* name : {"OPTIONS-1", "MANIFEST-1"}) {
    const std::string directory = t / name;
    REQUIRE(Store::create(disk, directory));
    const auto store = Store::open(disk, directory, Access::write);
    REQUIRE(store);
    auto batch = (*store)->batch();
    batch.put(Family::meta, "key", "value");
    REQUIRE((*store)->write(batch, true));
    CHECK((*store)->get(Family::meta, "key").value() == "value");
    for (const auto& file : fs::directory_iterator(directory + "/db"))
      CHECK(!file.path().filename().string().starts_with("OPTIONS-"));
  }
}

TEST_CASE("a newer format is refused by its number, a damaged one is called so") {
  const TemporaryDirectory t;
  const Disk disk = Disk::real();
  REQUIRE(Store::create(disk, t / "store"));
  const auto with = [&](const std::string& text) {
    write(t / "store/FORMAT", text);
    return opened(t / "store");
  };
  CHECK(with("solnoma store, format 2 8bf6b9691ce83022\n") == Errc::unsupported);
  CHECK(with("solnoma store, format 37 ff6235d198a5757e\nand more\n") == Errc::unsupported);
  const auto store = Store::open(disk, t / "store", Access::read);
  CHECK(store.error().what.find("format 37") != std::string::npos);
  CHECK(store.error().what.find("knows 1") != std::string::npos);
  for (const char* text : {"", "solnoma", "solnoma store, format ", "solnoma store, format x\n",
                           "solnoma store, format 1x\n", "solnoma store, format 0\n",
                           "solnoma store, format -1\n", "another store, format 1\n",
                           "solnoma store, format 2\n", "solnoma store, format 99999999999\n"})
    CHECK(with(text) == Errc::corrupt);
  const std::string written = "solnoma store, format 1\n";
  for (std::size_t at = 0; at < written.size(); ++at) {
    CHECK(with(written.substr(0, at)) == Errc::corrupt);
    std::string damaged = written;
    for (int other = 1; other < 256; ++other) {
      damaged[at] = static_cast<char>(static_cast<unsigned char>(written[at]) ^ other);
      CAPTURE(damaged);
      CHECK(with(damaged) == Errc::corrupt);
    }
  }
  write(t / "store/FORMAT", written);
  CHECK(Store::open(disk, t / "store", Access::write));
}

TEST_CASE("a store that lost files is damaged") {
  const TemporaryDirectory t;
  {
    TestJournal journal(Disk::real(), t / "store");
  }
  const auto lose = [&](const std::function<bool(const std::string&)>& lost) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(t / "store/db"))
      if (lost(entry.path().filename().string())) files.push_back(entry.path());
    REQUIRE(!files.empty());
    for (const auto& file : files) fs::remove(file);
  };
  SUBCASE("the list of files") {
    lose([](const std::string& name) { return name.starts_with("MANIFEST"); });
  }
  SUBCASE("what names that list") {
    lose([](const std::string& name) { return name == "CURRENT"; });
  }
  SUBCASE("everything") {
    fs::remove_all(t / "store/db");
  }
  CHECK(opened(t / "store", Access::write) == Errc::corrupt);
  CHECK(opened(t / "store", Access::read) == Errc::corrupt);
}

TEST_CASE("a flipped byte of a sorted file is found by its checksum") {
  const TemporaryDirectory t;
  TestJournal journal(Disk::real(), t / "store");
  std::vector<Draft> batch;
  for (int i = 0; i < 200; ++i) batch.push_back({"park/a", std::to_string(i), "text"});
  journal.record(batch);
  REQUIRE(journal.bare()->flush());
  int flipped = 0;
  for (const auto& entry : fs::directory_iterator(t / "store/db")) {
    if (entry.path().extension() != ".sst") continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(20);
    const char byte = static_cast<char>(file.get());
    file.seekp(20);
    file.put(static_cast<char>(byte ^ 1));
    ++flipped;
  }
  REQUIRE(flipped > 0);
  const auto log = Log::open(Disk::real(), t / "store", dating_of);
  const auto ok = log ? verify_log(**log) : std::unexpected(log.error());
  REQUIRE(!ok);
  CHECK((ok.error().code == Errc::corrupt || ok.error().code == Errc::damaged_index));
}

TEST_CASE("one writer at a time, and readers beside it") {
  const TemporaryDirectory t;
  for (const Disk& disk : {Disk::real(), Disk::memory()}) {
    TestJournal journal(disk, t / "store");
    const auto second = Store::open(disk, t / "store", Access::write);
    REQUIRE(!second);
    CHECK(second.error().code == Errc::unavailable);
    CHECK(second.error().what.find("in use") != std::string::npos);
    CHECK(journal.reader()->head() == Position{0});
    CHECK(journal.reader()->head() == Position{0});
    journal.record({{"park/a", "1"}});
    journal.reopen();
    CHECK(journal.reader()->head() == Position{1});
  }
}

TEST_CASE("one writer at a time, however the directory is named, and whoever opens its files") {
  const TemporaryDirectory t;
  TestJournal journal(Disk::real(), t / "store");
  fs::create_directory_symlink(t / "store", t / "link");
  // A copy by the writer's own process opens and closes every file, the lock as well.
  fs::copy(t / "store", t / "copy", fs::copy_options::recursive);
  for (const std::string& name : {t / "store", t / "link", t / "link/../store", t / "store/"}) {
    INFO(name);
    const auto second = Store::open(Disk::real(), name, Access::write);
    REQUIRE(!second);
    CHECK(second.error().advice == Advice::wait_for_writer);
    // It says who it is.
    CHECK(second.error().what.find("process " + std::to_string(getpid())) != std::string::npos);
  }
  journal.close();
  CHECK(Store::open(Disk::real(), t / "link", Access::write));
}

TEST_CASE("what a store writes does not go through links that somebody put there") {
  const TemporaryDirectory t;
  TestJournal journal(Disk::real(), t / "store");
  journal.record({{"park/a", "1"}});
  journal.close();
  SUBCASE("the bound of what was acknowledged") {
    fs::remove(t / "store/ACKNOWLEDGED");
    fs::create_symlink(t / "elsewhere", t / "store/ACKNOWLEDGED");
  }
  SUBCASE("the database") {
    fs::rename(t / "store/db", t / "elsewhere.db");
    fs::create_directory_symlink(t / "elsewhere.db", t / "store/db");
  }
  const auto store = Store::open(Disk::real(), t / "store", Access::write);
  REQUIRE(!store);
  CHECK(store.error().code == Errc::unavailable);
  CHECK(store.error().what.find("is a symbolic link") != std::string::npos);
  CHECK(!fs::exists(t / "elsewhere"));
  CHECK(Log::open(Disk::real(), t / "store", dating_of));  // to be read it may be anywhere
}

TEST_CASE("values grow at their end, and a piece that is there already changes nothing") {
  const Disk disk = Disk::memory();
  REQUIRE(Store::create(disk, "/store"));
  auto store = std::move(*Store::open(disk, "/store", Access::write));
  const auto grow = [&](std::string_view key, std::size_t at, std::string_view bytes) {
    auto batch = store->batch();
    batch.append(Family::timeline, key, at, bytes);
    CHECK(store->write(batch, true));
  };
  const auto all = [&] {
    std::string text;
    for (const auto& [key, value] : entries_of(*store, Family::timeline)) {
      CHECK(store->get(Family::timeline, key).value() == value);
      text += key + "=" + value + " ";
    }
    return text;
  };
  for (int flushes = 0; flushes < 2; ++flushes) {
    grow("k", 0, "ab");
    grow("k", 2, "cd");
    grow("k", 0, "abc");
    grow("m", 0, "x");
    grow("k", 3, "def");
    CHECK(all() == "k=abcdef m=x ");
    CHECK(store->flush());
    CHECK(all() == "k=abcdef m=x ");
  }
  CHECK(store->clear(Family::timeline));
  CHECK(all().empty());
  grow("k", 0, "new");
  CHECK(all() == "k=new ");
}

TEST_CASE("cursors find their places") {
  const Disk disk = Disk::memory();
  REQUIRE(Store::create(disk, "/store"));
  const auto store = std::move(*Store::open(disk, "/store", Access::write));
  auto batch = store->batch();
  CHECK(batch.empty());
  for (const char* key : {"b", "d", "f"}) batch.put(Family::names, key, key);
  CHECK(!batch.empty());
  CHECK(store->write(batch, false));
  auto cursor = store->cursor(Family::names);
  const auto at = [&] { return cursor.valid() ? std::string(cursor.key()) : ""; };
  cursor.seek("c");
  CHECK(at() == "d");
  cursor.next();
  CHECK(at() == "f");
  cursor.next();
  CHECK(at().empty());
  cursor.seek_backward("c");
  CHECK(at() == "b");
  cursor.previous();
  CHECK(at().empty());
  cursor.to_last();
  CHECK(at() == "f");
  CHECK(cursor.status());
  CHECK(store->get(Family::log, "b").value() == std::nullopt);
  CHECK(store->clear(Family::log));
}
