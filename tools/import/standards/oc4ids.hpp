#pragma once

#include <memory>

#include "tools/import/file_content.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

/// Reads a project package of the Open Contracting for Infrastructure Data Standard 0.9
/// (https://standard.open-contracting.org/infrastructure/latest/en/reference/schema/), also as
/// gzip. A row is a project, and its subject project/SLUG of its id. The whole document is held in
/// memory.
///
/// | in the standard | becomes |
/// |---|---|
/// | id, identifiers | the subject; identifiers |
/// | title, description, sector, additionalClassifications | described: names, note, sectors |
/// | parties, publicAuthority | partners by role |
/// | locations | coordinates (one point) or geometry; region by the first address |
/// | relatedProjects that the project is part of (partOf, parent, programme) | partOf |
/// | documents | sources of the description |
/// | status | the stages reached, not later than known; the status is the label of the last one |
/// | identificationPeriod, implementationPeriod, maintenancePeriod, decommissioningPeriod | plans
/// of | | | announced, construction-started and -completed, opened, retired: the standard's periods
/// are | | | those over which a stage is planned to run | | period, assetLifetime | the same, where
/// these are missing | | completion.endDate, .finalValue | construction-completed;
/// investment-reported | | milestones: dueDate, dateMet | planned and actual; by code, where it is
/// an event type, else by type | | budget.amount, .approvalDate; finance | investment-reported:
/// levels budget, financing | | metrics, forecasts | indicator-reported, actual and planned, of a
/// period | | contractingProcesses: tender, contract, its releases | with the process as part:
/// announced; | | | agreement-signed with the value, not later than the release of the contract;
/// plans | | transactions | investment-reported: a flow | | lobbyingMeetings | meeting-held | |
/// updated, else publishedDate of the package | known | | publisher, uri, license | the source of
/// every event |
///
/// Everything else is counted by its path. Errors: invalid: no JSON, no project package.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_oc4ids(const FileContent& file,
                                                             const ReadOptions& options);

}  // namespace solnoma
