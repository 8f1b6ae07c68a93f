#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/status.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// How the files of the store speak to RocksDB. No other file includes this one.

/// Calls RocksDB, which does not survive an exception: whoever called it next would wait for ever.
/// Where memory runs out in there, the program ends.
template <class Call>
auto in_rocksdb(const Call& call) noexcept {
  return call();
}

/// Errors of RocksDB by what the caller can do about them.
[[nodiscard]] std::unexpected<Error> failure(const rocksdb::Status& status,
                                             const std::string& directory);

[[nodiscard]] rocksdb::DBOptions database_options(rocksdb::Env* env, Access access);
[[nodiscard]] std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(Access access);

/// What stands before a piece of a growing value, as the database merges it: where the
/// piece belongs.
[[nodiscard]] std::string piece_header(std::size_t offset);
/// And back. Precondition: it was made with that.
struct ValuePiece {
  std::size_t at;
  std::string_view bytes;
};
[[nodiscard]] ValuePiece piece_of(std::string_view operand);

/// Which version of the list of files is in force. A writer changes it before it deletes
/// what the version before needed. Errors: io.
[[nodiscard]] Result<std::string> manifest_state(rocksdb::Env* env, const std::string& database);

/// What RocksDB calls a database when it makes it: another one in its place has another name.
/// Errors: io; unavailable where there is none any more.
[[nodiscard]] Result<std::string> database_identity(rocksdb::Env* env, const std::string& database);

}  // namespace solnoma
