#!/usr/bin/env bash
# Runs the tests of the log, which use many threads, under ThreadSanitizer. That must see all of
# a program: Debian's sources of RocksDB are fetched and built for it first, which takes a while.
# Usage: tools/tsan.sh
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install-packages.sh test
version=$(dpkg-query -W -f '${Version}' librocksdb-dev)
version=${version%-*}
rocksdb=$PWD/build/tsan-rocksdb
if [ ! -e "$rocksdb/installed/include/rocksdb/db.h" ]; then
  echo "== RocksDB $version: fetching and building ($rocksdb)"
  mkdir -p "$rocksdb"
  curl -fsS "http://deb.debian.org/debian/pool/main/r/rocksdb/rocksdb_$version.orig.tar.gz" |
    tar -xz -C "$rocksdb"
  cmake -S "$rocksdb/rocksdb-$version" -B "$rocksdb/build" -G Ninja -Wno-dev \
    -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19 \
    -DCMAKE_CXX_FLAGS_DEBUG="-O0 -g1 -include cstdint" -DWITH_TSAN=ON \
    -DROCKSDB_BUILD_SHARED=OFF -DFAIL_ON_WARNINGS=OFF -DPORTABLE=ON -DWITH_GFLAGS=OFF \
    -DWITH_TESTS=OFF -DWITH_TOOLS=OFF -DWITH_CORE_TOOLS=OFF -DWITH_BENCHMARK_TOOLS=OFF \
    -DWITH_SNAPPY=ON -DWITH_LZ4=ON -DWITH_ZLIB=ON -DWITH_BZ2=ON -DWITH_ZSTD=ON \
    -DCMAKE_INSTALL_PREFIX="$rocksdb/installed" >/dev/null
  cmake --build "$rocksdb/build" --target install
fi

echo "== tsan: building (build/tsan)"
cmake --preset tsan -DRocksDB_DIR="$rocksdb/installed/lib/cmake/rocksdb" >/dev/null
cmake --build --preset tsan --target engine_tests sim_tests
ctest --preset tsan -R '^engine$'
build/tsan/tests/sim/sim_tests --test-case='under sixteen*,whenever a writer*'
