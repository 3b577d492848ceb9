#!/bin/sh
# Packs what measures a GPU into one folder, for a machine that has Linux on x86-64, a CUDA build of PyTorch
# 2.7.1 (pip's) and neither JDK nor network: a Java runtime, jars without native libraries, and run.sh. Some
# 50 MiB. From the root of a checkout, after "mvn -DskipTests package":
#
#   benchmarks/device/pack.sh FOLDER
#   FOLDER/run.sh          (on the machine with the GPU: doctor and three tables for docs/gpu.md)
set -eu
[ $# -eq 1 ] || { echo "pack.sh: expected one argument, the folder to make" >&2; exit 2; }
home=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
[ -d "$home/benchmarks/target/lib" ] || { echo "pack.sh: build first: mvn -DskipTests package" >&2; exit 2; }
[ ! -e "$1" ] || { echo "pack.sh: $1 is there already: name a folder to make" >&2; exit 2; }
mkdir -p "$1/lib"
jlink=${JAVA_HOME:+$JAVA_HOME/bin/}jlink
"$jlink" --add-modules java.base,java.logging,java.management,java.naming,java.sql,java.xml,jdk.management,jdk.random,jdk.unsupported \
  --strip-debug --no-header-files --no-man-pages --compress=2 --output "$1/java"
for jar in "$home"/*/target/nnks-*.jar "$home"/benchmarks/target/lib/*.jar "$home"/cli/target/lib/picocli-*.jar; do
  case $jar in
    *-tests.jar | *-sources.jar | *-javadoc.jar | */pytorch-native-* | */nd4j-* | */openblas-* | */xchart-* | */jmh-* | */jna-platform-*) ;;
    *) cp "$jar" "$1/lib/" ;;
  esac
done
cp "$home/benchmarks/device/run.sh" "$1/run.sh"
chmod +x "$1/run.sh"
du -sh "$1"
