#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "engine/format/frame.hpp"
#include "engine/position.hpp"
#include "engine/result.hpp"
#include "engine/storage/store.hpp"

namespace solnoma {

/// The names family: subjects and sources, by name and by number. Errors of all: damaged_index,
/// io.

/// Puts the names that a frame introduces.
void put_names(Store::Batch& batch, const Frame& frame);

[[nodiscard]] Result<std::optional<SubjectNumber>> find_subject(const Store& store,
                                                                std::string_view name);
[[nodiscard]] Result<std::optional<std::uint32_t>> find_source(const Store& store,
                                                               std::string_view name);

/// Names of subjects that begin with `prefix`, in byte order, until `visit` returns false.
[[nodiscard]] Result<void> each_subject(
    const Store& store, std::string_view prefix,
    const std::function<bool(std::string_view, SubjectNumber)>& visit);

/// One more than the highest number that was given out; 0 when there is none.
[[nodiscard]] Result<std::uint32_t> count_subjects(const Store& store);
[[nodiscard]] Result<std::uint32_t> count_sources(const Store& store);

}  // namespace solnoma
