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

  /// The row that all of the following is about, and what becomes of it. Both outlive that.
  void begin(const CellRow& row, ImportRow& to);

  /// Whether the mapping leaves such rows out.
  [[nodiscard]] bool is_skipped() const;
  /// What the row is about across releases; empty: its key is.
  [[nodiscard]] std::string key();
  /// The name that its subject has by the mapping: "park/chirchik". The key's where there is no
  /// other.
  [[nodiscard]] std::string subject_of(const std::string& key);
  /// What the row says of when it became known, as EDTF. Empty: nothing, or a problem.
  [[nodiscard]] std::string known();

  /// Adds the events of the row, and what is wrong with it. Their ids follow from the key and from
  /// what they tell of: the same fact has the same id in every release.
  void fill(const std::string& key, const std::string& subject, const Known& known);

  [[nodiscard]] const Repairs& repairs() const { return repairs_; }

 private:
  explicit RowEvents(std::unique_ptr<const Mapping> mapping) : mapping_(std::move(mapping)) {}

  /// A cell, as far as it has been read of the row at hand: each is cleaned, and what is repaired
  /// in it counted, once.
  struct Cell {
    std::size_t read = 0, dated = 0;  ///< in which row
    std::string text, date;
  };

  [[nodiscard]] std::string_view raw(const Column& column) const;
  const std::string& text(const Column& column);
  std::string text(const Template& pattern);
  const std::string& date(const Column& column);
  std::vector<std::string> values(const Mapping::Values& values);
  void wrong(const Column& column, std::string what, std::string value, std::string remedy);

  Event* add(const std::string& what, const std::string& type, std::string occurred);
  void add_description();
  void add_names(Description& description);
  void add_coordinates(Description& description);
  void add_country(Description& description);
  void add_partners(Description& description);
  void add_status();
  void add_dated();
  void add_quantities();
  std::vector<Source> sources();

  std::unique_ptr<const Mapping> mapping_;      // where its columns are found again
  std::map<const Column*, std::size_t> index_;  // of those that the table has
  std::vector<std::string> headers_;
  Repairs repairs_;
  // Of the row at hand.
  const CellRow* row_ = nullptr;
  ImportRow* to_ = nullptr;
  std::size_t number_ = 0;
  std::vector<Cell> cells_;
  std::string key_;
  Event common_;
};

}  // namespace solnoma
