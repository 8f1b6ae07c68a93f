#pragma once

#include <memory>

#include "tools/import/file_content.hpp"
#include "tools/import/row_reader.hpp"

namespace solnoma {

/// Reads activities of the International Aid Transparency Initiative, versions 2.03 and before
/// (https://iatistandard.org/en/iati-standard/203/activity-standard/), also of 1.0x, whose texts
/// stand without narratives and whose codes are words; also as gzip. A row is an activity, and its
/// subject project/SLUG of its iati-identifier. Memory: one activity and all
/// identifiers; of a gzip file also its content.
///
/// | in the standard | becomes |
/// |---|---|
/// | iati-identifier, other-identifier | the subject; identifiers |
/// | title, description | described: names, note, by language |
/// | participating-org | partners by role |
/// | recipient-country (one) | country; several, and regions: the region in words |
/// | location | coordinates (one point) or geometry |
/// | sector | sectors |
/// | related-activity of type 1 (parent) | partOf |
/// | document-link | sources of the description |
/// | activity-status 1 to 6 | announced, construction-started, -completed (3 and 4), cancelled, |
/// | | suspended: not later than known, or on the actual date; the status is the label |
/// | activity-date 1, 3; 2, 4 | plans of construction-started, -completed; the actual dates of
/// these | | budget | investment-reported: the level budget of a period | | planned-disbursement |
/// a plan of investment-reported: a flow | | transaction | investment-reported on its day: a flow
/// of its type | | result: baseline, target, actual | indicator-reported, planned for targets | |
/// last-updated-datetime, else generated-datetime | known | | reporting-org | the publisher;
/// urn:iati:REF is the source |
///
/// The status goes before the dates: an actual date that lies ahead, or whose stage the status does
/// not say to be reached, is told as a plan, and counted as repaired. Everything else is counted by
/// its path. What breaks the rules of iati_rules.hpp is a problem. Errors: invalid: no XML, no
/// activities.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_iati(const FileContent& file,
                                                           const ReadOptions& options);

}  // namespace solnoma
