# Part of the Makefile: the programs that the tests run, and the targets that test, measure or prove.

# --- objects -------------------------------------------------------------------------------------------------

$(BUILD)/obj/tests/%.o: COMPILE += $(HAVE) -iquote . -iquote runtime -iquote generator \
	-Itests/unit/runtime -Itests/unit -Itests/deflate -Itests/meter
# Generated code is proved by other means; the fuzzers search the rest.
$(BUILD)/obj/runtime/%.o $(BUILD)/obj/generator/%.o $(BUILD)/obj/expr/%.o: COMPILE += $(if $(FUZZER),-fsanitize=fuzzer-no-link)

# Both programs without their main, for tests that are linked with them.
RUNTIME_LIB = $(call without,$(RUNTIME_OBJ),runtime/atopdump/cli/main) $(CATALOG_OBJ)
GENERATOR_LIB = $(call without,$(GENERATOR_OBJ),generator/main)
STREAM_OBJ = $(BUILD)/obj/tests/deflate/stream.o
METER_OBJ = $(BUILD)/obj/tests/meter/meter.o

# $(call linking,OBJECTS): the same for a program that loads no library.
linking	= $(patsubst %_library.o,%_library-linked.o,$(filter-out $(BUILD)/obj/runtime/load/%,$(1)))

# --- programs ------------------------------------------------------------------------------------------------

LINK_TEST = $(LINK) $(LINK_WITH) -o $@ $(filter %.o,$^)

# $(BUILD)/unit-NAME: what each Check program is linked with.
UNIT_MAIN = $(BUILD)/obj/tests/unit/main.o

$(BUILD)/unit-generator: $(UNIT_MAIN) $(call below,tests/unit/generator) $(GENERATOR_LIB)
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(LIBYAML_LIBS) $(CHECK_LIBS) -lpthread

$(BUILD)/unit-runtime: $(UNIT_MAIN) $(call below,tests/unit/runtime) $(STREAM_OBJ) $(filter-out $(CATALOG_OBJ),$(RUNTIME_LIB)) $(BUILD)/obj/generated/suspect.o
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(LIBS) $(CHECK_LIBS) -lpthread

$(BUILD)/unit-printed: $(call below,tests/unit/printed) $(RUNTIME_LIB)
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(LIBS) $(CHECK_LIBS) -lpthread

# atopdump without shared libraries, if it can be linked so, for tests that start it thousands of times: it starts in half the
# time. Debian's libarchive needs libraries that have no static form, so this program reads no archives.
$(BUILD)/atopdump-static: $(call linking,$(filter-out %/archive.o %/archive_library.o,$(RUNTIME_OBJ))) $(CATALOG_OBJ)
$(BUILD)/atopdump-static: $(BUILD)/obj/runtime/atopdump/dump/archive_none.o
	$(call say,LINK) $@
	$(Q){ $(LINK_TEST) -static -no-pie $(STATIC_LIBS) && $@ --version; } >/dev/null 2>&1 || $(LINK_TEST) $(STATIC_LIBS)
STATIC_LIBS = $(call linked,$(filter-out LIBARCHIVE,$(OPTIONAL))) $(ZLIB_LIBS) -lpthread

# atopdump without libdeflate, to compare with.
DEFLATING = runtime/rawlog/io/inflate runtime/print/format/deflate
$(BUILD)/atopdump-zlib: $(filter-out $(DEFLATING:%=$(BUILD)/obj/%.o),$(RUNTIME_OBJ)) $(CATALOG_OBJ)
$(BUILD)/atopdump-zlib: $(DEFLATING:%=$(BUILD)/obj/%-without.o)
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(call libs,$(filter-out LIBDEFLATE,$(OPTIONAL))) $(ZLIB_LIBS) -lpthread

# A source compiled to be linked with its library, which it would load.
$(BUILD)/obj/runtime/%-linked.o: runtime/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC) "$< (linked with its library)"
	$(Q)$(COMPILE) -ULIBARCHIVE_SONAME -USQLITE_SONAME -MMD -MP -c -o $@ $<

# A source compiled as if its optional library were missing.
$(BUILD)/obj/runtime/%-without.o: runtime/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC) "$< (without its library)"
	$(Q)$(COMPILE) -UHAVE_LIBDEFLATE -MMD -MP -c -o $@ $<

$(BUILD)/damage-driver: $(call below,tests/damage) $(RUNTIME_LIB)
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(LIBS)

# Both programs with the calls that tests/faults/wrapped lists replaced by functions that can fail.
FAULTS_OBJ = $(filter-out %/inflating.o %/archives.o %/yaml.o,$(call below,tests/faults))
$(BUILD)/faults: $(FAULTS_OBJ) $(BUILD)/obj/tests/faults/inflating.o $(if $(filter LIBARCHIVE,$(used)),$(BUILD)/obj/tests/faults/archives.o) $(call linking,$(RUNTIME_OBJ)) $(CATALOG_OBJ)
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(call linked,$(OPTIONAL)) $(ZLIB_LIBS) -lpthread

$(BUILD)/faults-atopgen: $(FAULTS_OBJ) $(BUILD)/obj/tests/faults/yaml.o $(GENERATOR_OBJ)
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(LIBYAML_LIBS)

$(BUILD)/faults $(BUILD)/faults-atopgen: LINK_WITH = -Wl,-z,now -Wl,@tests/faults/wrapped
$(BUILD)/faults $(BUILD)/faults-atopgen: tests/faults/wrapped

# atopdump that counts what it inflates and allocates.
METER_LINK = -Wl,@tests/meter/wrapped

$(BUILD)/atopdump-metered: $(call below,tests/meter) $(RUNTIME_OBJ) $(CATALOG_OBJ) tests/meter/wrapped
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(LIBS)
$(BUILD)/atopdump-metered: LINK_WITH = $(METER_LINK) -Wl,--wrap=main

# A program over DuckDB's C API, for tests/duckdb.py. DUCKDB_LIBRARY is the folder of libduckdb.so. The sanitizers watch what DuckDB
# and the extension allocate, too, which are not compiled with them.
$(BUILD)/duckdb-host: tests/duckdb/host.c $(BUILD)/flags
	$(call say,LINK) $@
	$(Q)$(CC) -std=c11 -D_DEFAULT_SOURCE -D_LARGEFILE64_SOURCE $(WARN) $(WERROR) -g -rdynamic -fsanitize=address,undefined -isystem $(DUCKDB_INCLUDE) -o $@ $< \
		-L$(DUCKDB_LIBRARY) -lduckdb -Wl,-rpath,$(DUCKDB_LIBRARY) -lpthread

# The targets of fuzzing: with a main that runs files, or, if FUZZER is set, with libFuzzer's.
FUZZERS	= $(addprefix $(BUILD)/fuzz-,file inflate frame chain schema where manifest)
FUZZ_OBJ = $(patsubst %,$(BUILD)/obj/tests/fuzz/%.o,$(1) fuzz text $(if $(FUZZER),$(2),replay))

$(BUILD)/fuzz-file: $(call FUZZ_OBJ,file,file_mutator) $(METER_OBJ)
$(BUILD)/fuzz-frame: $(call FUZZ_OBJ,frame)
$(BUILD)/fuzz-chain: $(call FUZZ_OBJ,chain,chain_mutator) $(METER_OBJ)
$(BUILD)/fuzz-inflate: $(call FUZZ_OBJ,inflate,inflate_mutator) $(if $(FUZZER),$(STREAM_OBJ))
$(BUILD)/fuzz-schema: $(call FUZZ_OBJ,schema)
$(BUILD)/fuzz-where: $(call FUZZ_OBJ,where)
$(BUILD)/fuzz-manifest: $(call FUZZ_OBJ,manifest)
$(filter-out %-schema %-where %-manifest,$(FUZZERS)): $(RUNTIME_LIB)
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(LIBS)

$(BUILD)/fuzz-schema: $(GENERATOR_LIB)
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(LIBYAML_LIBS)

# Conditions need no log and no catalog.
$(BUILD)/fuzz-where: $(filter $(BUILD)/obj/expr/% $(addprefix $(BUILD)/obj/runtime/print/query/,calendar% where% word%),$(call without,$(RUNTIME_OBJ),runtime/print/query/where_row))
	$(call say,LINK) $@
	$(Q)$(LINK_TEST)

# Neither do manifests.
$(BUILD)/fuzz-manifest: $(filter $(addprefix $(BUILD)/obj/runtime/,atopdump/report/json_in.o atopdump/report/verify_list.o print/text/character.o),$(RUNTIME_OBJ))
	$(call say,LINK) $@
	$(Q)$(LINK_TEST)

$(FUZZERS): LINK_WITH = $(if $(FUZZER),-fsanitize=fuzzer)
$(BUILD)/fuzz-file $(BUILD)/fuzz-chain: LINK_WITH += $(METER_LINK)

# What the sandbox is tested with, if there is one.
SANDBOX	= $(if $(filter yes,$(SECCOMP)),$(addprefix $(BUILD)/sandbox-,probe refuse inside.so))

$(BUILD)/sandbox-probe $(BUILD)/sandbox-refuse: $(BUILD)/sandbox-%: $(BUILD)/obj/tests/sandbox/%.o
$(BUILD)/sandbox-probe $(BUILD)/sandbox-refuse: $(BUILD)/obj/runtime/atopdump/cli/sandbox.o
	$(call say,LINK) $@
	$(Q)$(LINK_TEST) $(call libs,SECCOMP) -lpthread

$(BUILD)/sandbox-inside.so: tests/sandbox/inside.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK) $@
	$(Q)$(CC) -std=c11 $(WARN) $(CPPFLAGS) -O1 -g -shared -fPIC -o $@ $< -ldl

# The examples, as programs outside the project are built: with the library and its header. One of them uses generated types.
EXAMPLES = $(addprefix $(BUILD)/example-,tasks bypath)

$(EXAMPLES): $(BUILD)/example-%: examples/%.c $(BUILD)/librawlog.a runtime/rawlog/rawlog.h
	$(call say,LINK) $@
	$(Q)$(CC) -std=c99 -Wall -Wextra -Wpedantic $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -Iruntime/rawlog $(EXAMPLE_WITH) \
		-o $@ $< $(BUILD)/librawlog.a $(LIBRARY_LIBS)
$(BUILD)/example-tasks: EXAMPLE_WITH = -iquote $(GENERATED) -iquote runtime

# --- running -------------------------------------------------------------------------------------------------

.PHONY: check check-long quick tests programs
programs: $(addprefix $(BUILD)/,atopdump atopdump-static atopgen unit-generator unit-runtime unit-printed atopdump-zlib atopdump-metered \
	damage-driver faults faults-atopgen) $(FUZZERS) $(SANDBOX) lib man $(EXAMPLES)

# As many jobs as processors, unless make was given a -j.
PARALLEL = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2))

check:	## all tests, in parallel; sets up what they need; TESTS="golden carve": only those
	@sh ./setup.sh zlib libyaml check tzdata python3
	@$(MAKE) --no-print-directory tests

check-long:	## the tests that make check runs in a short form, and nothing of them left out
	@sh ./setup.sh zlib libyaml check tzdata python3
	@$(MAKE) --no-print-directory tests TESTS="--long long"

quick:	## the tests to run while working
	@sh ./setup.sh zlib libyaml check tzdata python3
	@$(MAKE) --no-print-directory tests TESTS=quick

tests:
	@$(MAKE) --no-print-directory $(PARALLEL) programs verify
	@$(PYTHON) tests/run.py --build $(BUILD) $(TESTS)

.PHONY: bare
bare:	## the tests that the optional libraries matter to, of programs without them
	@sh ./setup.sh zlib libyaml check tzdata python3
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/bare CFLAGS=-O0 $(OPTIONAL:%=%=no) tests TESTS=$(or $(TESTS),bare)

.PHONY: asan
asan:	## the same with the address and undefined-behaviour sanitizers
	@sh ./setup.sh zlib libyaml check tzdata python3
	@UBSAN_OPTIONS=halt_on_error=1 $(MAKE) --no-print-directory BUILD=$(BUILD)/asan \
		CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-conversion" tests

.PHONY: cover
cover:	## line coverage of the tests, by gcov, in build/cover; without the sandbox, in which no counts can be saved
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/cover SECCOMP=no CFLAGS="-O0 -g --coverage" tests
	@find $(addprefix $(BUILD)/cover/obj/,runtime generator expr) -name '*.gcda' -exec gcov -n {} + | \
		grep -A1 "^File '\(runtime\|generator\|expr\)" | grep -v '^--'

.PHONY: fuzz
fuzz:	## FUZZ_RUNS executions (1,000,000) of each fuzz target by libFuzzer; SEED is that of its dice
	@sh ./setup.sh zlib libyaml clang libfuzzer python3
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang FUZZER=yes fuzzers \
		CFLAGS="-O2 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
	$(PYTHON) tests/fuzz/run.py --build $(BUILD)/fuzz --runs $(or $(FUZZ_RUNS),1000000) --seed $(or $(SEED),1)

.PHONY: fuzzers
fuzzers: $(FUZZERS)

.PHONY: mutate
mutate:	## make each change of tests/mutations in a copy, and report those that no test notices; goes on where it was
	$(PYTHON) tests/mutate.py --build $(BUILD) --run

.PHONY: portability
portability: $(BUILD)/atopdump	## built for s390x, armhf and musl it prints the same; INSTALL=1 gets what is missing
	sh tests/portability/run.sh $(if $(INSTALL),--install) $(BUILD)/atopdump $(BUILD)/portability

.PHONY: bench
bench: $(BUILD)/atopdump	## speed and memory beside the floors measured in the same run; LOGS: more logs; PARTS: --tables, …
	@$(PYTHON) tests/bench/bench.py --build $(BUILD) $(PARTS) $(LOGS)

.PHONY: bench-check
bench-check: $(BUILD)/atopdump	## fail if fixed inputs need over 3 % more instructions than kept
	@sh ./setup.sh valgrind
	sh tests/bench/check.sh $(BUILD)

.PHONY: prove
prove:	## Frama-C's Eva over the generated decoders: zero alarms
	@sh ./setup.sh frama-c
	sh tests/prove/run.sh $(GENERATED) $(BUILD)/prove

.PHONY: lint
lint:	## clang-format, clang-tidy and cppcheck, clean
	@sh ./setup.sh clang-format clang-tidy cppcheck
	sh tests/lint.sh
