#include "tools/report/files/workbook.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string_view>
#include <utility>

#include "events/text/decimal.hpp"
#include "events/text/text.hpp"
#include "tools/report/loaded_library.hpp"

namespace solnoma {
namespace {

constexpr std::size_t kMostRows = LXW_ROW_MAX;  // of a sheet
constexpr std::size_t kMostLinks = 65'000;      // of a sheet, a bound of Excel
constexpr std::size_t kLongestLink = 2'000;     // the same
constexpr std::size_t kLongestText = 32'767;    // in characters, the same
constexpr std::size_t kExactDigits = 15;        // of a double

struct XlsxFunctions {
  decltype(::workbook_new_opt)* make = nullptr;
  decltype(::workbook_add_worksheet)* add_sheet = nullptr;
  decltype(::workbook_add_format)* add_format = nullptr;
  decltype(::workbook_set_properties)* set_properties = nullptr;
  decltype(::workbook_close)* close = nullptr;
  decltype(::lxw_strerror)* words = nullptr;
  decltype(::format_set_bold)* set_bold = nullptr;
  decltype(::format_set_num_format)* set_number_format = nullptr;
  decltype(::worksheet_set_column)* set_column = nullptr;
  decltype(::worksheet_freeze_panes)* freeze = nullptr;
  decltype(::worksheet_autofilter)* filter = nullptr;
  decltype(::worksheet_write_string)* text = nullptr;
  decltype(::worksheet_write_number)* number = nullptr;
  decltype(::worksheet_write_datetime)* date = nullptr;
  decltype(::worksheet_write_url)* link = nullptr;
};

Result<XlsxFunctions> xlsx_functions() {
  auto library = LoadedLibrary::load("libxlsxwriter.so.4", "writing a workbook", "libxlsxwriter4");
  if (!library) return std::unexpected(library.error());
  XlsxFunctions all;
  const bool found = library->find(all.make, "workbook_new_opt") &&
                     library->find(all.add_sheet, "workbook_add_worksheet") &&
                     library->find(all.add_format, "workbook_add_format") &&
                     library->find(all.set_properties, "workbook_set_properties") &&
                     library->find(all.close, "workbook_close") &&
                     library->find(all.words, "lxw_strerror") &&
                     library->find(all.set_bold, "format_set_bold") &&
                     library->find(all.set_number_format, "format_set_num_format") &&
                     library->find(all.set_column, "worksheet_set_column") &&
                     library->find(all.freeze, "worksheet_freeze_panes") &&
                     library->find(all.filter, "worksheet_autofilter") &&
                     library->find(all.text, "worksheet_write_string") &&
                     library->find(all.number, "worksheet_write_number") &&
                     library->find(all.date, "worksheet_write_datetime") &&
                     library->find(all.link, "worksheet_write_url");
  if (!found)
    return fail(Errc::unavailable, "libxlsxwriter.so.4 lacks what writing a workbook needs",
                "install libxlsxwriter4 of version 1.1 or later");
  return all;
}

/// A name for a file that nobody has; made empty. Empty: none could be made.
std::string temporary_file() {
  std::error_code error;
  std::string name = std::filesystem::temp_directory_path(error) / "solnoma-XXXXXX";
  const int descriptor = error ? -1 : mkstemp(name.data());
  if (descriptor < 0) return "";
  (void)::close(descriptor);
  return name;
}

/// As much of a text as a cell holds.
std::string as_cell_text(std::string_view text) {
  std::string shown = visible(text);
  std::size_t characters = 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if ((shown[i] & 0xC0) == 0x80) continue;
    if (++characters < kLongestText) continue;
    return shown.substr(0, i) + "…";
  }
  return shown;
}

bool is_exact(std::string_view decimal) {
  const auto digits = std::ranges::count_if(decimal, [](char c) { return c >= '0' && c <= '9'; });
  return is_decimal(decimal) && static_cast<std::size_t>(digits) <= kExactDigits;
}

struct WrittenSheet {
  std::string name;
  std::vector<std::string> columns;
  lxw_worksheet* at = nullptr;
  std::size_t part = 1;  // of the same name
  std::size_t rows = 0, links = 0;
};

}  // namespace

struct Workbook::Impl {
  XlsxFunctions call;
  std::string file;
  lxw_workbook* book = nullptr;
  lxw_format* bold = nullptr;
  lxw_format* day = nullptr;
  std::vector<WrittenSheet> sheets;

  Impl(const XlsxFunctions& all, std::string name) : call(all), file(std::move(name)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (book != nullptr) (void)call.close(book);
    (void)unlink(file.c_str());
  }

  /// A sheet that is empty but for its names.
  void begin(WrittenSheet& sheet) {
    const std::string name =
        sheet.part == 1 ? sheet.name : fmt::format("{} {}", sheet.name, sheet.part);
    sheet.at = call.add_sheet(book, name.c_str());
    sheet.rows = 1;
    sheet.links = 0;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      constexpr double kUsual = 16;
      const auto column = static_cast<lxw_col_t>(i);
      (void)call.set_column(sheet.at, column, column, kUsual, nullptr);
      (void)call.text(sheet.at, 0, column, sheet.columns[i].c_str(), bold);
    }
    call.freeze(sheet.at, 1, 0);
  }

  void end(const WrittenSheet& sheet) {
    (void)call.filter(sheet.at, 0, 0, static_cast<lxw_row_t>(sheet.rows - 1),
                      static_cast<lxw_col_t>(sheet.columns.size() - 1));
  }

  void write(WrittenSheet& sheet, lxw_col_t column, const std::string& text) const {
    if (text.empty()) return;
    (void)call.text(sheet.at, static_cast<lxw_row_t>(sheet.rows), column,
                    as_cell_text(text).c_str(), nullptr);
  }
  void write(WrittenSheet& sheet, lxw_col_t column, const CellNumber& number) const {
    if (!is_exact(number.decimal)) return write(sheet, column, number.decimal);
    (void)call.number(sheet.at, static_cast<lxw_row_t>(sheet.rows), column,
                      std::strtod(number.decimal.c_str(), nullptr), nullptr);
  }
  void write(WrittenSheet& sheet, lxw_col_t column, Day value) const {
    if (!is_calendar_day(value)) return;
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{value.number}}};
    constexpr int kFirstYear = 1900, kLastYear = 9999;  // that a spreadsheet has dates of
    const int year = static_cast<int>(date.year());
    if (year < kFirstYear || year > kLastYear) return write(sheet, column, to_string(value));
    lxw_datetime time{year,
                      static_cast<int>(static_cast<unsigned>(date.month())),
                      static_cast<int>(static_cast<unsigned>(date.day())),
                      0,
                      0,
                      0};
    (void)call.date(sheet.at, static_cast<lxw_row_t>(sheet.rows), column, &time, day);
  }
  void write(WrittenSheet& sheet, lxw_col_t column, const CellLink& link) const {
    const std::string& to = link.address;
    const bool web = to.starts_with("http://") || to.starts_with("https://");
    if (!web || to.size() > kLongestLink || ++sheet.links > kMostLinks ||
        call.link(sheet.at, static_cast<lxw_row_t>(sheet.rows), column, to.c_str(), nullptr) !=
            LXW_NO_ERROR)
      write(sheet, column, to);
  }
};

Workbook::Workbook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Workbook::Workbook(Workbook&&) noexcept = default;
Workbook::~Workbook() = default;

Result<Workbook> Workbook::make() {
  const auto call = xlsx_functions();
  if (!call) return std::unexpected(call.error());
  auto impl = std::make_unique<Impl>(*call, temporary_file());
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  if (!impl->file.empty()) impl->book = call->make(impl->file.c_str(), &options);
  if (impl->book == nullptr)
    return fail(Errc::io, "a workbook needs a temporary file, which cannot be made",
                "name a directory for such files by TMPDIR");
  impl->bold = call->add_format(impl->book);
  call->set_bold(impl->bold);
  impl->day = call->add_format(impl->book);
  call->set_number_format(impl->day, "yyyy-mm-dd");
  // The same question gives the same bytes, whenever it is asked.
  lxw_doc_properties properties{};
  std::string program = "solnoma";
  properties.author = program.data();
  constexpr std::time_t kAlways = 946'684'800;  // 2000-01-01
  properties.created = kAlways;
  (void)call->set_properties(impl->book, &properties);
  return Workbook(std::move(impl));
}

std::size_t Workbook::add_sheet(const std::string& name, const std::vector<std::string>& columns) {
  impl_->sheets.push_back({.name = name, .columns = columns});
  impl_->begin(impl_->sheets.back());
  return impl_->sheets.size() - 1;
}

void Workbook::add_row(std::size_t number, const SheetRow& row) {
  WrittenSheet& sheet = impl_->sheets.at(number);
  if (sheet.rows == kMostRows) {
    impl_->end(sheet);
    ++sheet.part;
    impl_->begin(sheet);
  }
  for (std::size_t i = 0; i < row.size(); ++i)
    std::visit([&](const auto& cell) { impl_->write(sheet, static_cast<lxw_col_t>(i), cell); },
               row[i]);
  ++sheet.rows;
}

Result<void> Workbook::finish(const Sink& sink) {
  for (const WrittenSheet& each : impl_->sheets) impl_->end(each);
  const lxw_error error = impl_->call.close(std::exchange(impl_->book, nullptr));
  if (error != LXW_NO_ERROR)
    return fail(Errc::io,
                fmt::format("the workbook could not be written: {}", impl_->call.words(error)),
                "check the disk of temporary files");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(impl_->file.c_str(), "rb"),
                                                             &std::fclose);
  std::array<char, 65'536> bytes{};
  while (file) {
    const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), file.get());
    if (count == 0) break;
    sink({bytes.data(), count});
  }
  if (!file || std::ferror(file.get()) != 0)
    return fail(Errc::io, "the workbook could not be read back",
                "check the disk of temporary files");
  return {};
}

}  // namespace solnoma
