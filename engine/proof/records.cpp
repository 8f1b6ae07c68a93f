#include "engine/proof/records.hpp"

#include "engine/base/bytes.hpp"
#include "engine/proof/record.hpp"

namespace solnoma {

void append_sized_record(std::string& records, const RecordedEvent& event) {
  put_le(records, static_cast<std::uint32_t>(record_size(event)));
  append_record(records, event);
}

Result<void> for_records(std::string_view records,
                         const std::function<bool(std::string_view)>& visit) {
  while (!records.empty()) {
    if (records.size() < sizeof(std::uint32_t)) return fail(Errc::invalid, "a record is cut off");
    const auto size = load<std::uint32_t>(records.data());
    records.remove_prefix(sizeof size);
    if (size > records.size()) return fail(Errc::invalid, "a record is cut off");
    if (!visit(records.substr(0, size))) return {};
    records.remove_prefix(size);
  }
  return {};
}

}  // namespace solnoma
