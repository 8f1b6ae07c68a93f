#pragma once

#include <string>
#include <vector>

#include "events/event_type.hpp"
#include "events/exchange.hpp"
#include "tools/import/standards/json_parts.hpp"
#include "tools/import/standards/telling.hpp"

namespace solnoma {

/// Reads one project of OC4IDS: the mapping is told in oc4ids.hpp.
class Oc4idsProject {
 public:
  /// All outlive it.
  Oc4idsProject(const JsonPackage& package, ProjectSubjects& subjects, Repairs& repairs)
      : package_(package), subjects_(subjects), repairs_(repairs) {}

  /// What is wrong goes to the reading of `project`.
  [[nodiscard]] std::vector<Exchanged> events(const JsonNode& project);

 private:
  void begin(const JsonNode& project);
  void describe(const JsonNode& project);
  void locate(Description& description, const JsonNode& locations);
  void tell_milestones(const JsonNode& project);
  void tell_stages(const JsonNode& project);
  void tell_status(const JsonNode& status);
  void tell_money(const JsonNode& project);
  void tell_figures(const JsonNode& metrics, Modality modality);
  void tell_process(const JsonNode& process);
  void tell_meetings(const JsonNode& meetings, std::string_view kind);
  void plan(std::string_view type, const std::string& date, const std::string& part = {});
  [[nodiscard]] Stage stage_told() const;

  const JsonPackage& package_;
  ProjectSubjects& subjects_;
  Repairs& repairs_;
  Telling telling_;
  std::string language_;
};

}  // namespace solnoma
