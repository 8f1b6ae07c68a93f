// clang-format off: the order is for reading
#pragma once

/// All that a program which embeds solnoma uses, in reading order. The reports are apart:
/// <solnoma/report/formats.hpp>.

// Values: results, days, the three axes of a question.
#include "engine/result.hpp"
#include "engine/day.hpp"
#include "engine/clock.hpp"
#include "engine/system_clock.hpp"
#include "engine/position.hpp"
#include "engine/vantage.hpp"

// What a milestone is, and how it is written down.
#include "events/event_type.hpp"
#include "events/event.hpp"
#include "events/normalized.hpp"
#include "events/subject.hpp"
#include "events/edtf.hpp"
#include "events/validate.hpp"
#include "events/codec.hpp"
#include "events/exchange.hpp"
#include "events/as_recorded.hpp"
#include "events/history.hpp"

// A chronicle: milestones in a log on disk, to write and to read.
#include "engine/disk.hpp"
#include "engine/log.hpp"
#include "engine/journal.hpp"
#include "engine/salvage.hpp"
#include "engine/subscription.hpp"
#include "engine/view_states.hpp"
#include "events/chronicle.hpp"

// Answers.
#include "projections/effective.hpp"
#include "projections/status.hpp"
#include "projections/plan_keys.hpp"
#include "projections/plans.hpp"
#include "projections/figures.hpp"
#include "projections/timeline.hpp"
#include "projections/explain.hpp"
#include "projections/diff.hpp"
#include "projections/subject_record.hpp"
#include "projections/replay.hpp"
#include "projections/materialized_view.hpp"
#include "projections/many/portfolio.hpp"
#include "projections/all_days/status_history.hpp"
#include "projections/all_days/answer_grid.hpp"

// Proofs to others.
#include "engine/verify.hpp"
#include "engine/tree_head.hpp"
#include "engine/growing_head.hpp"
#include "engine/inclusion_proof.hpp"
#include "engine/proof_text.hpp"
#include "engine/head_note.hpp"
#include "engine/head_stamp.hpp"
#include "engine/ed25519.hpp"
#include "engine/aligned_bytes.hpp"
