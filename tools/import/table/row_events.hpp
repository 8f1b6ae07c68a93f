#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/row_reader.hpp"
#include "tools/import/table/cells.hpp"
#include "tools/import/table/header.hpp"
#include "tools/import/table/mapping.hpp"
#include "tools/import/table/repairs.hpp"

namespace solnoma {

/// Makes events of the rows of one table. One thread at a time.
class RowEvents {
 public:
  /// Errors: invalid for a column that the table does not have.
  [[nodiscard]] static Result<RowEvents> of(Mapping mapping, Header& header);

  /// What the row is about across releases; empty: its key is.
  [[nodiscard]] std::string key_of(const CellRow& row);
  /// The name that its subject has by the mapping: "park/chirchik". The key's where there is no
  /// other.
  [[nodiscard]] std::string subject_of(const CellRow& row, const std::string& key);
  /// Whether the mapping leaves such rows out.
  [[nodiscard]] bool is_skipped(const CellRow& row);
  /// What the row says of when it became known. Empty: nothing.
  [[nodiscard]] std::string known_of(const CellRow& row);

  /// Adds the events of a row to `to`, and what is wrong with it. Their ids follow from the key and
  /// from what they tell of: the same fact has the same id in every release.
  void fill(const CellRow& row, const std::string& key, const std::string& subject,
            const Known& known, ImportRow& to);

  [[nodiscard]] const Repairs& repairs() const { return repairs_; }

 private:
  explicit RowEvents(std::unique_ptr<const Mapping> mapping) : mapping_(std::move(mapping)) {}

  std::string_view raw(const CellRow& row, const Column& column) const;
  std::string text(const CellRow& row, const Column& column);
  std::string text(const CellRow& row, const Template& pattern);
  std::string date(const CellRow& row, const Column& column);
  std::vector<std::string> values(const CellRow& row, const Mapping::Values& values);
  void wrong(const Column& column, std::string what, std::string value, std::string remedy);

  Event* add(const std::string& what, const std::string& type, std::string occurred);
  void add_description(const CellRow& row);
  void add_names(const CellRow& row, Description& description);
  void add_coordinates(const CellRow& row, Description& description);
  void add_country(const CellRow& row, Description& description);
  void add_partners(const CellRow& row, Description& description);
  void add_status(const CellRow& row);
  void add_dated(const CellRow& row);
  void add_quantities(const CellRow& row);
  std::vector<Source> sources(const CellRow& row);

  std::unique_ptr<const Mapping> mapping_;      // where its columns are found again
  std::map<const Column*, std::size_t> index_;  // of those that the table has
  std::vector<std::string> headers_;
  Repairs repairs_;
  // Of the row at hand.
  ImportRow* row_ = nullptr;
  std::string key_;
  Event common_;
};

}  // namespace solnoma
