#include "tools/import/table/column_profile.hpp"

#include <xxhash.h>

#include <algorithm>

#include "events/text/folded_name.hpp"
#include "tools/import/table/cell_amount.hpp"
#include "tools/import/table/cell_date.hpp"
#include "tools/import/table/cell_text.hpp"
#include "tools/import/table/mapping.hpp"

namespace solnoma {

ColumnProfile::ColumnProfile(std::string header)
    : header_(std::move(header)), words_(" " + folded_name(header_) + " ") {}

bool ColumnProfile::has(std::string_view word) const {
  return words_.find(" " + std::string(word)) != std::string::npos;
}

void ColumnProfile::add(const std::string& cell) {
  Repairs ignored;
  const std::string text = cleaned_text(cell, ignored);
  static const std::vector<std::string> nothing = usual_nothing();
  const std::string folded = folded_name(text);
  if (folded.empty() || std::ranges::find(nothing, folded) != nothing.end()) {
    hashes_.push_back(0);
    return;
  }
  ++filled_;
  hashes_.push_back(XXH3_64bits(text.data(), text.size()));
  if (sampled_ < kSample) {
    ++sampled_;
    auto date = date_of_cell(text, {}, ignored);
    dates_ += date ? 1 : 0;
    ambiguous_ += !date && date.error().what == "the date may be two days" ? 1 : 0;
    numbers_ += amount_of_cell(text, 0, ignored) ? 1 : 0;
    objects_ += text.starts_with('{') ? 1 : 0;
    addresses_ += text.starts_with("http://") || text.starts_with("https://") ? 1 : 0;
  }
  zeros_ += text == "0" || text == "0.0" ? 1 : 0;
  if (const auto found = values_.find(text); found != values_.end())
    ++found->second;
  else if (values_.size() < kMostValues)
    values_.emplace(text, 1);
}

}  // namespace solnoma
