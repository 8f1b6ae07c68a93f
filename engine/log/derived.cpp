#include "engine/log/derived.hpp"

#include <string>

#include "engine/base/bytes.hpp"
#include "engine/format/keys.hpp"

namespace solnoma {
namespace {

std::string version_of(const Indexer& indexer) {
  std::string version;
  put_le(version, kDerivedLayout);
  put_le(version, indexer.version);
  return version;
}

}  // namespace

Result<bool> is_of_this_version(const Store& store, const Indexer& indexer) {
  auto value = store.get(Family::meta, kDerivedVersion);
  if (!value) return std::unexpected(value.error());
  return *value == version_of(indexer);
}

void put_version(Store::Batch& batch, const Indexer& indexer) {
  batch.put(Family::meta, kDerivedVersion, version_of(indexer));
}

}  // namespace solnoma
