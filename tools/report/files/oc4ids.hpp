#pragma once

#include "tools/report/sink.hpp"
#include "tools/report/view/report.hpp"

namespace solnoma {

/// A report as a project package of the Open Contracting for Infrastructure Data Standard 0.9
/// (https://standard.open-contracting.org/infrastructure/latest/en/reference/schema/): every
/// subject that has a status is a project. Texts are in the report's language. Dates of days, as
/// the standard wants them, are the latest that ours allow; beside them stands what the source
/// said.
///
/// | here | in the standard |
/// |---|---|
/// | identifier of the scheme OC4IDS, else the subject | id |
/// | status | status: identification (announced), preparation (agreed), implementation, completion,
/// | | | maintenance (operating), decommissioned (retired), cancelled; suspended: that of its stage
/// | | description: names, note, region, country, place, sectors, partners, identifiers, partOf |
/// title, | | | description, locations, additionalClassifications, parties, identifiers,
/// relatedProjects | | what certainly happened | milestones that are met, their code our event type
/// | | plans that were met | dueDate of the milestone that met them | | plans that stand |
/// milestones that are scheduled, or not met where they lapsed | | figures | metrics; the whole's
/// exact budget: budget.amount | | sources with addresses | documents | | the newest day known of a
/// subject | updated | | the day that the question is asked of; the head of the log |
/// publishedDate; uri |
///
/// Errors: invalid: no project is seen from the vantage (a package has one at least); corrupt,
/// damaged_index, io.
[[nodiscard]] Result<void> oc4ids_package(const Report& report, const Sink& sink);

}  // namespace solnoma
