#pragma once

#include <rapidjson/document.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/result.hpp"
#include "tools/import/problem.hpp"

namespace solnoma {

/// A whole JSON document in memory, as a tree. Comments and a comma after the last entry are
/// read over: files of rejected rows have them (JsonRows).
class JsonTree {
 public:
  /// `bytes` outlive it. A byte order mark is passed over. Errors: invalid: no JSON (with the
  /// line), larger than 256 MiB, nested deeper than 64 levels, or bytes that are no UTF-8.
  [[nodiscard]] static Result<JsonTree> parse(std::string_view bytes);

  [[nodiscard]] const rapidjson::Value& root() const { return document_; }

  /// An object as it stands in the text.
  struct Slice {
    std::size_t line;  ///< on which it begins, from 1
    std::string_view text;
  };
  /// The objects of the list `name` of the outermost object, in order.
  [[nodiscard]] const std::vector<Slice>& slices(const std::string& name) const;

 private:
  rapidjson::Document document_;
  std::map<std::string, std::vector<Slice>> slices_;
};

/// What one row of a document told, and what was wrong there.
struct JsonReading {
  std::unordered_set<const rapidjson::Value*> read;  ///< values that were made use of
  std::vector<Problem> problems;
};

/// A value in a tree that knows its path ("parties/name", without numbers of entries) and marks as
/// read what is asked of it. A value that is missing, null or an empty text is absent, and so is
/// whatever is asked of one that is absent. A value of another type than is asked for is a problem
/// of the reading, and absent. Views: the tree and the reading outlive it.
class JsonNode {
 public:
  JsonNode(const rapidjson::Value& value, std::string path, JsonReading& reading)
      : value_(&value), path_(std::move(path)), reading_(&reading) {}

  /// Whether there is anything.
  explicit operator bool() const;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const rapidjson::Value* value() const { return value_; }

  /// The member of an object.
  [[nodiscard]] JsonNode operator[](std::string_view name) const;
  /// The entries of a list.
  [[nodiscard]] std::vector<JsonNode> items() const;

  /// A text, as it stands.
  [[nodiscard]] std::string text() const;
  /// A text or a whole number, as identifiers are.
  [[nodiscard]] std::string id() const;
  /// A number as a decimal, without an exponent.
  [[nodiscard]] std::string decimal() const;
  /// An object as compact JSON.
  [[nodiscard]] std::string object() const;
  /// Marks it as read with all that is in it.
  void use() const;

  void wrong(std::string what, std::string value, std::string remedy) const;

 private:
  void wrong_type(std::string_view wanted) const;

  const rapidjson::Value* value_;  // null: absent
  std::string path_;
  JsonReading* reading_;
};

/// Counts the values of a tree that were not read, by their paths.
void count_unread(const rapidjson::Value& value, const std::string& path,
                  const JsonReading& reading, std::map<std::string, std::size_t>& counts);

}  // namespace solnoma
