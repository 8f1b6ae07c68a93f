#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/bench/check.hpp"

namespace solnoma::bench {

/// A prepared statement of SQLite's. Texts that are bound live until it has run.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql) : database_(database) {
    must(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                            SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int index, std::int64_t value) {
    must(sqlite3_bind_int64(statement_, index, value));
    return *this;
  }
  Statement& bind(int index, std::string_view text) {
    must(sqlite3_bind_text(statement_, index, text.data(), static_cast<int>(text.size()),
                           SQLITE_STATIC));
    return *this;
  }
  Statement& bind_blob(int index, std::string_view bytes) {
    must(sqlite3_bind_blob(statement_, index, bytes.data(), static_cast<int>(bytes.size()),
                           SQLITE_STATIC));
    return *this;
  }

  /// True when there is a row.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) must(code);
    return code == SQLITE_ROW;
  }
  [[nodiscard]] std::int64_t column(int index) const {
    return sqlite3_column_int64(statement_, index);
  }
  void reset() { sqlite3_reset(statement_); }
  void run() {
    while (step()) continue;
    reset();
  }

 private:
  void must(int code) const {
    if (code != SQLITE_OK) throw Wrong(std::string("SQLite: ") + sqlite3_errmsg(database_));
  }

  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace solnoma::bench
