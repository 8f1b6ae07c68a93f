#pragma once

#include <memory>
#include <span>

#include "tools/import/file_content.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

/// Reads release packages, record packages and single releases of the Open Contracting Data
/// Standard 1.1 (https://standard.open-contracting.org/1.1/en/schema/reference/), also as gzip. A
/// row is a release; the subject is project/SLUG of its ocid. Rows come by date. Whole documents
/// are held in memory.
///
/// Each release is merged into what those before it told, and tells what is new by that
/// (Retelling): the same again is not told, another value corrects the earlier event, another
/// target is a revision of the plan, and what is taken back (null) is retracted. Of a record, its
/// releases are read; where these are only linked, its versioned release, else its compiled one.
///
/// | in the standard | becomes |
/// |---|---|
/// | ocid | the subject; identifier |
/// | tender.title, .description, .items' classifications | described: names, note, sectors |
/// | parties | partners by role |
/// | planning.budget.projectID | partOf |
/// | documents of planning and tender; of awards; of contracts | sources of these |
/// | tender.status, .tenderPeriod.startDate | announced: planned, or on that day |
/// | planning.budget.amount, tender.value | investment-reported: levels budget, tender-value |
/// | awards (not those that failed): date, value, suppliers | operator-engaged, the award as part |
/// | contracts: dateSigned, value, suppliers of the award | agreement-signed, the contract as part
/// | | contracts' period, else awards' and tender's contractPeriod | of works: plans of | | |
/// construction-started and -completed | | implementation.transactions | investment-reported: a
/// flow | | milestones | as tell_json_milestones() has it | | all contracts cancelled; tender
/// failed without a contract | cancelled | | date | known | | publisher, uri, license of the
/// package | the source of every event |
///
/// Everything else is counted by its path, as it stands after the last release of a process.
/// Errors: invalid: no JSON, none of these documents.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_ocds(const FileContent& file,
                                                           const ReadOptions& options);

/// The same of several files that tell of the same processes: their releases come by date,
/// whichever file they stand in; the numbers of entries go through all files.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_ocds_files(std::span<const FileContent> files,
                                                                 const ReadOptions& options);

}  // namespace solnoma
