#pragma once

#include <string>
#include <vector>

#include "events/exchange.hpp"
#include "tools/import/problem.hpp"
#include "tools/import/standards/iati_texts.hpp"
#include "tools/import/standards/telling.hpp"

namespace solnoma {

/// Reads one activity of IATI: the mapping is told in iati.hpp.
class IatiActivity {
 public:
  /// `telling` says whose, of what and of which day the events are. `repairs` outlives it.
  IatiActivity(Telling telling, Repairs& repairs, std::vector<Problem>& problems)
      : telling_(std::move(telling)), repairs_(repairs), problems_(problems) {}

  [[nodiscard]] std::vector<Exchanged> events(const XmlElement& activity);

 private:
  void describe(const XmlElement& activity);
  void add_partners(Description& description, const XmlElement& activity);
  void locate(Description& description, const XmlElement& activity);
  void add_documents(Event& event, const XmlElement& activity);
  void tell_stages(const XmlElement& activity);
  void tell_start_or_end(std::string_view type, const std::string& planned,
                         const std::string& actual, bool reached);
  void tell_budgets(const XmlElement& activity);
  void tell_disbursements(const XmlElement& activity);
  void tell_transactions(const XmlElement& activity);
  void tell_results(const XmlElement& activity);
  void tell_indicator(const XmlElement& indicator, const std::string& key);

  [[nodiscard]] std::string read_date(const XmlElement& element, const std::string& path);
  [[nodiscard]] std::optional<Quantity> read_value(const XmlElement& value, std::string measure,
                                                   const std::string& path);
  void add_narratives(LocalText& to, const XmlElement& element, bool note = false);
  /// A place in ids that is the same whatever stands beside it: a hash of what it is made of.
  [[nodiscard]] static std::string place_of(std::string_view kind,
                                            const std::vector<std::string>& content);

  Telling telling_;
  Repairs& repairs_;
  std::vector<Problem>& problems_;
  std::string language_, currency_;
};

}  // namespace solnoma
