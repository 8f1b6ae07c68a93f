#include "tests/allocation/failing_allocation.hpp"

#include <dlfcn.h>
#include <execinfo.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string_view>

namespace {

std::atomic<std::ptrdiff_t> left = 0;  // until one fails; 0: none does
std::atomic<bool> failed = false;
thread_local bool looking = false;  // looking may allocate, too

/// Whether a function of RocksDB's has this address in it. To look one up takes long: what was
/// found is kept, in memory that is there already.
bool is_in_rocksdb(void* address) {
  struct Found {
    void* address = nullptr;
    bool in_rocksdb = false;
  };
  thread_local std::array<Found, 1 << 13> kept;
  Found& found = kept[(reinterpret_cast<std::uintptr_t>(address) >> 2) % kept.size()];
  if (found.address == address) return found.in_rocksdb;
  Dl_info info{};
  std::string_view name;
  if (::dladdr(address, &info) != 0 && info.dli_sname != nullptr) name = info.dli_sname;
  found = {address, name.starts_with("_ZN7rocksdb") || name.starts_with("_ZNK7rocksdb")};
  return found.in_rocksdb;
}

bool is_called_by_rocksdb() {
  std::array<void*, 64> frames{};
  const int depth = ::backtrace(frames.data(), static_cast<int>(frames.size()));
  return std::any_of(frames.begin(), frames.begin() + depth, is_in_rocksdb);
}

bool fails() {
  if (left == 0 || looking) return false;
  looking = true;
  const bool counts = !is_called_by_rocksdb();
  looking = false;
  if (!counts) return false;
  // Several threads may come by at once.
  for (auto now = left.load(); now > 0;) {
    if (!left.compare_exchange_weak(now, now - 1)) continue;
    if (now == 1) failed = true;
    return now == 1;
  }
  return false;
}

void* allocate(std::size_t size, std::size_t alignment) {
  if (fails()) return nullptr;
  const std::size_t whole = (size + alignment - 1) / alignment * alignment;
  return std::aligned_alloc(alignment, whole == 0 ? alignment : whole);
}

void* allocate_or_throw(std::size_t size, std::size_t alignment) {
  void* const memory = allocate(size, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

constexpr std::size_t kAlignment = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

}  // namespace

// What is replaced here is what all others of the standard library are made of.
void* operator new(std::size_t size) {
  return allocate_or_throw(size, kAlignment);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size, kAlignment);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}

namespace solnoma::test {

FailingAllocation::FailingAllocation(std::size_t n) {
  (void)is_called_by_rocksdb();  // the first look loads a library
  failed = false;
  left = static_cast<std::ptrdiff_t>(n);
}
FailingAllocation::~FailingAllocation() {
  left = 0;
}
bool FailingAllocation::has_failed() const {
  return failed;
}

}  // namespace solnoma::test
