#include "engine/storage/damaged_files.hpp"

#include <fmt/format.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <map>
#include <optional>

#include "engine/base/bytes.hpp"
#include "engine/storage/store_impl.hpp"
#include "engine/storage/write_ahead_log.hpp"

namespace solnoma {
namespace {

using Part = DamagedFiles::Part;
using Numbered = DamagedFiles::Numbered;

/// What no value begins with: the size of an event's payload is smaller.
constexpr std::uint32_t kGathered = UINT32_MAX;

/// Keeps the pieces of a value apart: a file may lack those that stand before them.
class Gathering : public rocksdb::MergeOperator {
 public:
  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    std::string& all = out->new_value;
    all.clear();
    put_le(all, kGathered);
    const auto add = [&](std::size_t at, std::string_view bytes) {
      put_le(all, static_cast<std::uint32_t>(at));
      put_le(all, static_cast<std::uint32_t>(bytes.size()));
      all += bytes;
    };
    if (in.existing_value != nullptr) add(0, in.existing_value->ToStringView());
    for (const rocksdb::Slice& operand : in.operand_list) {
      if (operand.size() < sizeof(std::uint32_t)) continue;
      const ValuePiece piece = piece_of(operand.ToStringView());
      add(piece.at, piece.bytes);
    }
    return true;
  }
  const char* Name() const override { return "solnoma.pieces"; }
};

void add_parts(std::string_view value, std::vector<Part>& parts) {
  if (value.size() < sizeof kGathered || load<std::uint32_t>(value.data()) != kGathered) {
    parts.push_back({0, std::string(value)});
    return;
  }
  value.remove_prefix(sizeof kGathered);
  constexpr std::size_t kHeader = 2 * sizeof(std::uint32_t);
  while (value.size() >= kHeader) {
    const auto at = load<std::uint32_t>(value.data());
    const auto size = load<std::uint32_t>(value.data() + sizeof at);
    parts.push_back({at, std::string(value.substr(kHeader, size))});
    value.remove_prefix(std::min<std::size_t>(kHeader + size, value.size()));
  }
}

std::string key_of(const Numbered& keys, std::uint64_t number) {
  std::string key = keys.prefix;
  if (keys.width == sizeof(std::uint32_t))
    store_key(key, static_cast<std::uint32_t>(number));
  else
    store_key(key, number);
  return key;
}
std::optional<std::uint64_t> number_of(const Numbered& keys, std::string_view key) {
  if (key.size() != keys.prefix.size() + keys.width || !key.starts_with(keys.prefix)) return {};
  key.remove_prefix(keys.prefix.size());
  const std::uint64_t number = keys.width == sizeof(std::uint32_t) ? load_key<std::uint32_t>(key)
                                                                   : load_key<std::uint64_t>(key);
  return number <= keys.most ? std::optional(number) : std::nullopt;
}

/// The keys of one sorted file that can be read. Behind a damaged block it looks for the next one
/// number by number.
class FileCursor {
 public:
  FileCursor(const rocksdb::Options& options, const std::string& path, const Numbered& keys)
      : reader_(options), keys_(keys) {
    if (!reader_.Open(path).ok()) return;
    const std::string& family = reader_.GetTableProperties()->column_family_name;
    if (!family.empty() && family != keys.family) return;
    rocksdb::ReadOptions how;
    how.fill_cache = false;
    iterator_.reset(reader_.NewIterator(how));
    seek(0);
  }

  [[nodiscard]] bool valid() const { return number_.has_value(); }
  [[nodiscard]] std::uint64_t number() const { return *number_; }
  [[nodiscard]] std::string_view value() const { return iterator_->value().ToStringView(); }
  void next() {
    const std::uint64_t before = *number_;
    iterator_->Next();
    settle(before);
  }

 private:
  /// No block of a file or of its index tells of so many: the file is lost.
  static constexpr int kMostFailures = 1 << 16;

  void seek(std::uint64_t number) {
    iterator_->Seek(key_of(keys_, number));
    settle(number);
  }
  /// `least`: no key before it is wanted.
  void settle(std::uint64_t least) {
    int failures = 0;
    while (!iterator_->Valid() && !iterator_->status().ok() && ++failures < kMostFailures)
      iterator_->Seek(key_of(keys_, ++least));
    number_.reset();
    if (iterator_->Valid()) number_ = number_of(keys_, iterator_->key().ToStringView());
  }

  rocksdb::SstFileReader reader_;
  Numbered keys_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  std::optional<std::uint64_t> number_;
};

/// What write batches put and add, by key.
class Collecting : public rocksdb::WriteBatch::Handler {
 public:
  using Kept = std::map<std::string, std::vector<Part>, std::less<>>;
  explicit Collecting(Kept& kept) : kept_(kept) {}

  rocksdb::Status PutCF(std::uint32_t, const rocksdb::Slice& key,
                        const rocksdb::Slice& value) override {
    return add(key, 0, value.ToStringView());
  }
  rocksdb::Status MergeCF(std::uint32_t, const rocksdb::Slice& key,
                          const rocksdb::Slice& value) override {
    if (value.size() < sizeof(std::uint32_t)) return {};
    const ValuePiece piece = piece_of(value.ToStringView());
    return add(key, piece.at, piece.bytes);
  }
  rocksdb::Status DeleteCF(std::uint32_t, const rocksdb::Slice&) override { return {}; }
  rocksdb::Status SingleDeleteCF(std::uint32_t, const rocksdb::Slice&) override { return {}; }
  rocksdb::Status DeleteRangeCF(std::uint32_t, const rocksdb::Slice&,
                                const rocksdb::Slice&) override {
    return {};
  }
  void LogData(const rocksdb::Slice&) override {}
  rocksdb::Status MarkBeginPrepare(bool) override { return {}; }
  rocksdb::Status MarkEndPrepare(const rocksdb::Slice&) override { return {}; }
  rocksdb::Status MarkNoop(bool) override { return {}; }
  rocksdb::Status MarkRollback(const rocksdb::Slice&) override { return {}; }
  rocksdb::Status MarkCommit(const rocksdb::Slice&) override { return {}; }

 private:
  rocksdb::Status add(const rocksdb::Slice& key, std::size_t at, std::string_view bytes) {
    // Pages of the index have longer keys, and are many.
    constexpr std::size_t kLongest = 16;
    if (key.size() <= kLongest) kept_[key.ToString()].push_back({at, std::string(bytes)});
    return {};
  }
  Kept& kept_;
};

}  // namespace

struct DamagedFiles::Impl {
  LogReads log_reads;  // nobody asks
  std::unique_ptr<rocksdb::Env> env;
  rocksdb::Options options;
  std::vector<std::string> sorted_files;
  Collecting::Kept written;  // in the write-ahead logs
};

DamagedFiles::DamagedFiles(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DamagedFiles::~DamagedFiles() = default;
DamagedFiles::DamagedFiles(DamagedFiles&&) noexcept = default;

Result<DamagedFiles> DamagedFiles::open(const Disk& disk, const std::string& directory) {
  auto impl = std::make_unique<Impl>();
  impl->env =
      rocksdb::NewCompositeEnv(with_guarded_files(disk.env()->GetFileSystem(), impl->log_reads));
  const auto families = family_descriptors(Access::read);
  impl->options = rocksdb::Options(database_options(impl->env.get(), Access::read),
                                   families[static_cast<std::size_t>(Family::log)].options);
  impl->options.merge_operator = std::make_shared<Gathering>();

  const std::string database = fmt::format("{}/{}", directory, kDatabase);
  std::vector<std::string> names;
  if (!disk.env()->GetChildren(database, &names).ok())
    return fail(Errc::unavailable, fmt::format("there is no store at {}", directory),
                "name the directory of the damaged store");
  std::ranges::sort(names);
  for (const std::string& name : names) {
    const std::string path = fmt::format("{}/{}", database, name);
    if (name.ends_with(".sst")) impl->sorted_files.push_back(path);
    if (!name.ends_with(".log")) continue;
    std::string bytes;
    if (!rocksdb::ReadFileToString(disk.env(), path, &bytes).ok()) continue;
    each_record(bytes, [&](std::string_view record) {
      Collecting collecting(impl->written);
      (void)rocksdb::WriteBatch(std::string(record)).Iterate(&collecting);
    });
  }
  return DamagedFiles(std::move(impl));
}

Result<void> DamagedFiles::each(const Numbered& keys, const Visit& visit) const {
  // Most files have no key in common: each is open only while it is its turn.
  std::multimap<std::uint64_t, const std::string*> later;
  for (const std::string& path : impl_->sorted_files)
    if (const FileCursor file(impl_->options, path, keys); file.valid())
      later.emplace(file.number(), &path);
  std::vector<std::unique_ptr<FileCursor>> open;
  auto written = impl_->written.lower_bound(key_of(keys, 0));
  const auto next_written = [&]() -> std::optional<std::uint64_t> {
    for (; written != impl_->written.end() && written->first.starts_with(keys.prefix); ++written)
      if (const auto number = number_of(keys, written->first)) return number;
    return {};
  };
  std::vector<Part> parts;
  for (;;) {
    std::optional<std::uint64_t> number = next_written();
    const auto at_most = [&](std::uint64_t other) {
      number = number ? std::min(*number, other) : other;
    };
    for (const auto& file : open) at_most(file->number());
    if (!later.empty()) at_most(later.begin()->first);
    if (!number) return {};
    for (; !later.empty() && later.begin()->first == *number; later.erase(later.begin()))
      open.push_back(std::make_unique<FileCursor>(impl_->options, *later.begin()->second, keys));
    parts.clear();
    for (const auto& file : open)
      if (file->valid() && file->number() == *number) {
        add_parts(file->value(), parts);
        file->next();
      }
    std::erase_if(open, [](const auto& file) { return !file->valid(); });
    if (next_written() == number) {
      parts.insert(parts.end(), written->second.begin(), written->second.end());
      ++written;
    }
    if (auto ok = visit(*number, parts); !ok) return ok;
  }
}

}  // namespace solnoma
