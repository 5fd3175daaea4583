# make help lists the targets. GNU make; needs a C compiler and zlib, libyaml to regenerate, Check and python3 to test.

VERSION	= 0.1.0
BUILD	= build
GENERATED = generated
SCHEMAS	= $(wildcard schemas/atop-*.yaml)

CC	?= cc
CFLAGS	?= -O2 -g
WARN	= -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes \
	  -Wold-style-definition -Wvla -Wwrite-strings
WERROR	=
prefix	= /usr/local

STD	= -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64
COMPILE	= $(CC) $(STD) $(WARN) $(WERROR) $(CPPFLAGS) $(CFLAGS)
CHECK_LIBS = $(shell pkg-config --libs check 2>/dev/null || echo -lcheck -lsubunit -lrt -lm -lpthread)
CHECK_CFLAGS = $(shell pkg-config --cflags check 2>/dev/null)
PYTHON	= python3

# libdeflate, where it is, inflates several times as fast as zlib; `make LIBDEFLATE=no` does without.
LIBDEFLATE := $(shell $(CC) $(CPPFLAGS) -include libdeflate.h -E -x c /dev/null >/dev/null 2>&1 && echo yes || echo no)
# libseccomp, where pkg-config knows it, lets atopdump give up what it has no need of; `make SECCOMP=no` does without.
SECCOMP := $(shell pkg-config --atleast-version=2.5 libseccomp 2>/dev/null && \
	$(CC) $(CPPFLAGS) -include seccomp.h -E -x c /dev/null >/dev/null 2>&1 && echo yes || echo no)
SECCOMP_LIBS = $(if $(filter yes,$(SECCOMP)),-lseccomp)
LIBS	= $(if $(filter yes,$(LIBDEFLATE)),-ldeflate) $(SECCOMP_LIBS) -lz -lpthread

objects	= $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard $(1)))
# Every C file of a folder and of the folders in it.
below	= $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(shell find $(1) -name '*.c')))
GENERATOR_OBJ := $(call below,generator)
RUNTIME_OBJ := $(call below,runtime)
CATALOG_OBJ = $(patsubst $(GENERATED)/%.c,$(BUILD)/obj/generated/%.o,$(wildcard $(GENERATED)/*.c))
UNIT_GENERATOR_OBJ = $(call objects,tests/unit/generator/*.c)
STREAM_OBJ = $(BUILD)/obj/tests/deflate/stream.o
UNIT_RUNTIME_OBJ = $(call objects,tests/unit/runtime/*.c) $(STREAM_OBJ)
WALK_OBJ = $(call objects,tests/unit/printed/*.c)
without	= $(filter-out $(BUILD)/obj/$(2).o,$(1))

# --- building ------------------------------------------------------------------------------------------------

ifdef SCHEMA
# make SCHEMA=schemas/atop-2.7.yaml: a reader of that release alone, in build/2.7; several may be named.
ALONE	= $(BUILD)/$(subst $() ,+,$(patsubst atop-%.yaml,%,$(notdir $(SCHEMA))))

.PHONY: all
all:
	@sh ./setup.sh zlib libyaml
	$(MAKE) SCHEMA= $(BUILD)/atopgen
	$(BUILD)/atopgen generate -o $(ALONE)/generated $(SCHEMA)
	$(MAKE) SCHEMA= BUILD=$(ALONE) GENERATED=$(ALONE)/generated $(ALONE)/atopdump
else
.PHONY: all
all: $(BUILD)/atopdump	## build atopdump (the default); with SCHEMA=FILE: for that release alone
endif

$(BUILD)/atopdump: $(RUNTIME_OBJ) $(CATALOG_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# The same without libdeflate, for tests to compare.
$(BUILD)/atopdump-zlib: $(call without,$(RUNTIME_OBJ),runtime/rawlog/io/inflate) $(BUILD)/obj/runtime/rawlog/io/inflate-zlib.o $(CATALOG_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(SECCOMP_LIBS) -lz -lpthread

$(BUILD)/obj/runtime/rawlog/io/inflate-zlib.o: runtime/rawlog/io/inflate.c
	@mkdir -p $(@D)
	$(COMPILE) -iquote runtime -MMD -MP -c -o $@ $<

$(BUILD)/atopgen: $(GENERATOR_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lyaml

$(BUILD)/obj/generated/%.o: $(GENERATED)/%.c
	@mkdir -p $(@D)
	$(COMPILE) -Wno-overlength-strings -iquote runtime -iquote $(GENERATED) -MMD -MP -c -o $@ $<

$(BUILD)/obj/runtime/%.o: runtime/%.c
	@mkdir -p $(@D)
	$(COMPILE) -iquote runtime -DATOPDUMP_VERSION='"$(VERSION)"' -MMD -MP -c -o $@ $<

$(BUILD)/obj/generator/%.o: generator/%.c | libyaml
	@mkdir -p $(@D)
	$(COMPILE) -iquote generator -DATOPGEN_VERSION='"$(VERSION)"' -MMD -MP -c -o $@ $<

$(BUILD)/obj/tests/unit/generator/%.o: tests/unit/generator/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(CHECK_CFLAGS) -iquote generator -MMD -MP -c -o $@ $<

$(BUILD)/obj/tests/damage/%.o: tests/damage/%.c
	@mkdir -p $(@D)
	$(COMPILE) -iquote runtime -MMD -MP -c -o $@ $<

$(BUILD)/obj/tests/deflate/%.o: tests/deflate/%.c
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/obj/tests/fuzz/%.o: tests/fuzz/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(if $(filter schema,$*),-iquote generator,-iquote runtime -Itests/deflate -Itests/meter) -MMD -MP -c -o $@ $<

$(BUILD)/obj/tests/faults/%.o: tests/faults/%.c
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/obj/tests/sandbox/%.o: tests/sandbox/%.c
	@mkdir -p $(@D)
	$(COMPILE) -iquote runtime -MMD -MP -c -o $@ $<

$(BUILD)/obj/tests/unit/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(CHECK_CFLAGS) -iquote runtime -Itests/unit/runtime -Itests/deflate -MMD -MP -c -o $@ $<

$(addprefix $(BUILD)/obj/,runtime/rawlog/io/inflate.o tests/faults/inflating.o tests/meter/meter.o): COMPILE += $(if $(filter yes,$(LIBDEFLATE)),-DHAVE_LIBDEFLATE)
$(BUILD)/obj/runtime/atopdump/cli/sandbox.o: COMPILE += $(if $(filter yes,$(SECCOMP)),-DHAVE_SECCOMP)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

.PHONY: libyaml
libyaml:
	@sh ./setup.sh libyaml

# --- using ---------------------------------------------------------------------------------------------------

.PHONY: demo
demo:	## build, then dump a real example log
	@sh ./setup.sh zlib
	$(MAKE) all
	$(BUILD)/atopdump example_data/atop-2.7.1.raw | cut -c 1-240 | head -n 6

.PHONY: install
install: all	## install atopdump below prefix (/usr/local)
	install -d $(DESTDIR)$(prefix)/bin
	install -m 755 $(BUILD)/atopdump $(DESTDIR)$(prefix)/bin/atopdump

.PHONY: dist
dist:	## a source archive of the committed tree
	@mkdir -p $(BUILD)
	git archive --format=tar.gz --prefix=atopdump-$(VERSION)/ -o $(BUILD)/atopdump-$(VERSION).tar.gz HEAD

.PHONY: clean
clean:	## remove everything built
	rm -rf build

# --- generating ----------------------------------------------------------------------------------------------

.PHONY: regen
regen: $(BUILD)/atopgen	## write generated/ anew from the schemas
	rm -rf $(BUILD)/regen
	$(BUILD)/atopgen generate -o $(BUILD)/regen $(SCHEMAS)
	@for f in generated/*.[ch] generated/*.layout; do \
		[ ! -e "$$f" ] || [ -e "$(BUILD)/regen/$${f#generated/}" ] || rm "$$f"; \
	done
	$(BUILD)/atopgen generate -o generated $(SCHEMAS)

.PHONY: verify
verify: $(BUILD)/atopgen	## regenerate into build/ and compare with generated/
	rm -rf $(BUILD)/verify
	$(BUILD)/atopgen generate -o $(BUILD)/verify $(SCHEMAS)
	diff -r -x README.md generated $(BUILD)/verify
	@echo "generated/ is what atopgen makes of schemas/"

.PHONY: audit
audit: $(BUILD)/atopgen	## compare a schema with the headers of ATOP=path/to/atop/source
	sh tests/audit/run.sh $(BUILD)/atopgen $(BUILD)/audit '$(ATOP)' $(or $(SCHEMA),$(SCHEMAS))

.PHONY: layout
layout: $(BUILD)/atopgen	## print the layout of SCHEMAS in every data model
	@for s in $(SCHEMAS); do $(BUILD)/atopgen layout $$s; done

# --- testing -------------------------------------------------------------------------------------------------

$(BUILD)/unit-generator: $(UNIT_GENERATOR_OBJ) $(call without,$(GENERATOR_OBJ),generator/main)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lyaml $(CHECK_LIBS)

$(BUILD)/unit-runtime: $(UNIT_RUNTIME_OBJ) $(call without,$(RUNTIME_OBJ),runtime/atopdump/cli/main)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(CHECK_LIBS)

$(BUILD)/unit-printed: $(WALK_OBJ) $(call without,$(RUNTIME_OBJ),runtime/atopdump/cli/main) $(CATALOG_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(CHECK_LIBS)

$(BUILD)/damage-driver: $(call objects,tests/damage/*.c) $(call without,$(RUNTIME_OBJ),runtime/atopdump/cli/main) $(CATALOG_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# Both programs, whole, with what they call replaced by functions that can fail.
FAULTS_OBJ = $(call without,$(call without,$(call objects,tests/faults/*.c),tests/faults/inflating),tests/faults/yaml)
FAULTS_LINK = $(CC) $(CFLAGS) $(LDFLAGS) -Wl,@tests/faults/wrapped -o $@ $(filter %.o,$^)

$(BUILD)/faults: $(FAULTS_OBJ) $(BUILD)/obj/tests/faults/inflating.o $(RUNTIME_OBJ) $(CATALOG_OBJ) tests/faults/wrapped
	$(FAULTS_LINK) $(LIBS)

$(BUILD)/faults-atopgen: $(FAULTS_OBJ) $(BUILD)/obj/tests/faults/yaml.o $(GENERATOR_OBJ) tests/faults/wrapped
	$(FAULTS_LINK) -lyaml

# atopdump that counts what it takes.
METER_LINK = -Wl,@tests/meter/wrapped

$(BUILD)/atopdump-metered: $(call objects,tests/meter/*.c) $(RUNTIME_OBJ) $(CATALOG_OBJ) tests/meter/wrapped
	$(CC) $(CFLAGS) $(LDFLAGS) $(METER_LINK) -Wl,--wrap=main -o $@ $(filter %.o,$^) $(LIBS)

$(BUILD)/obj/tests/meter/%.o: tests/meter/%.c
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

# The targets of fuzzing: with a main that runs files, or, where FUZZER is set, with libFuzzer's.
FUZZERS	= $(addprefix $(BUILD)/fuzz-,file inflate frame chain schema)
FUZZ_OBJ = $(patsubst %,$(BUILD)/obj/tests/fuzz/%.o,$(1) fuzz text $(if $(FUZZER),$(2),replay))
# Generated code is proved elsewhere; looking at its branches would only slow the search for others.
$(BUILD)/obj/runtime/%.o $(BUILD)/obj/generator/%.o: COMPILE += $(if $(FUZZER),-fsanitize=fuzzer-no-link)
FUZZ_LINK = $(CC) $(CFLAGS) $(if $(FUZZER),-fsanitize=fuzzer) $(LDFLAGS) -o $@ $^

METER_OBJ = $(BUILD)/obj/tests/meter/meter.o
$(BUILD)/fuzz-file: $(call FUZZ_OBJ,file,file_mutator) $(METER_OBJ)
$(BUILD)/fuzz-frame: $(call FUZZ_OBJ,frame)
$(BUILD)/fuzz-chain: $(call FUZZ_OBJ,chain,chain_mutator) $(METER_OBJ)
$(BUILD)/fuzz-file $(BUILD)/fuzz-chain: FUZZ_LINK += $(METER_LINK)
$(BUILD)/fuzz-inflate: $(call FUZZ_OBJ,inflate,inflate_mutator) $(if $(FUZZER),$(STREAM_OBJ))
$(BUILD)/fuzz-file $(BUILD)/fuzz-inflate $(BUILD)/fuzz-frame $(BUILD)/fuzz-chain: $(call without,$(RUNTIME_OBJ),runtime/atopdump/cli/main) $(CATALOG_OBJ)
	$(FUZZ_LINK) $(LIBS)

$(BUILD)/fuzz-schema: $(call FUZZ_OBJ,schema) $(call without,$(GENERATOR_OBJ),generator/main)
	$(FUZZ_LINK) -lyaml

# What the sandbox is tested with, where there is one.
SANDBOX	= $(if $(filter yes,$(SECCOMP)),$(addprefix $(BUILD)/sandbox-,probe refuse) $(BUILD)/sandbox-inside.so)

$(BUILD)/sandbox-inside.so: tests/sandbox/inside.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) $(CPPFLAGS) -O1 -g -shared -fPIC -o $@ $< -ldl

$(filter-out %.so,$(SANDBOX)): $(BUILD)/sandbox-%: $(BUILD)/obj/tests/sandbox/%.o $(BUILD)/obj/runtime/atopdump/cli/sandbox.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(SECCOMP_LIBS) -lpthread

TESTS	= layouts members synthetic golden csvread readers seed badinput pipe evidence sandbox jobs inflate fuzz damage unverified records recorders bounds faults carve parts runs repair parseable choice newrelease audit architecture schemabounds meanings mutate once examples readme

.PHONY: check
check:	## all tests; sets up what they need
	@sh ./setup.sh zlib libyaml check python3
	$(MAKE) tests

.PHONY: tests
tests: $(BUILD)/atopdump $(BUILD)/atopdump-zlib $(BUILD)/atopgen $(BUILD)/unit-generator $(BUILD)/unit-runtime $(BUILD)/unit-printed $(BUILD)/damage-driver $(BUILD)/atopdump-metered $(FUZZERS) $(BUILD)/faults $(BUILD)/faults-atopgen $(SANDBOX) verify
	$(BUILD)/unit-generator
	$(BUILD)/unit-runtime
	$(BUILD)/unit-printed example_data/*.raw
	$(PYTHON) tests/schema/run.py --build $(BUILD)
	@set -e; for t in $(TESTS); do echo "== $$t"; $(PYTHON) tests/$$t.py --build $(BUILD); done

.PHONY: asan
asan:	## the whole suite with the address and undefined-behaviour sanitizers
	@sh ./setup.sh zlib libyaml check python3
	UBSAN_OPTIONS=halt_on_error=1 $(MAKE) BUILD=$(BUILD)/asan \
		CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all" tests

.PHONY: fuzz
fuzz:	## FUZZ_RUNS executions (1,000,000) of each fuzz target by libFuzzer; SEED is that of its dice
	@sh ./setup.sh zlib libyaml clang libfuzzer python3
	$(MAKE) BUILD=$(BUILD)/fuzz CC=clang FUZZER=yes fuzzers \
		CFLAGS="-O2 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
	$(PYTHON) tests/fuzz/run.py --build $(BUILD)/fuzz --runs $(or $(FUZZ_RUNS),1000000) --seed $(or $(SEED),1)

.PHONY: fuzzers
fuzzers: $(FUZZERS)

.PHONY: cover
cover:	## line coverage of the tests, by gcov, in build/cover; without the sandbox, in which no counts can be saved
	$(MAKE) BUILD=$(BUILD)/cover SECCOMP=no CFLAGS="-O0 -g --coverage" tests
	@find $(BUILD)/cover/obj/runtime $(BUILD)/cover/obj/generator -name '*.gcda' -exec gcov -n {} + | \
		grep -A1 "^File '\(runtime\|generator\)" | grep -v '^--'

.PHONY: portability
portability: $(BUILD)/atopdump	## built for s390x, armhf and musl it prints the same; INSTALL=1 gets what is missing
	sh tests/portability/run.sh $(if $(INSTALL),--install) $(BUILD)/atopdump $(BUILD)/portability

.PHONY: bench
bench: $(BUILD)/atopdump	## speed and memory beside the floors measured in the same run; LOGS: more logs
	$(PYTHON) tests/bench/bench.py --build $(BUILD) $(LOGS)

.PHONY: bench-check
bench-check: $(BUILD)/atopdump	## fail if fixed inputs need over 3 % more instructions than kept
	@sh ./setup.sh valgrind
	sh tests/bench/check.sh $(BUILD)

.PHONY: mutate
mutate:	## make each change of tests/mutations in a copy, and report those that no test notices; goes on where it was
	$(PYTHON) tests/mutate.py --build $(BUILD) --run

.PHONY: prove
prove:	## Frama-C's Eva over the generated decoders: zero alarms
	@sh ./setup.sh frama-c
	sh tests/prove/run.sh $(GENERATED) $(BUILD)/prove

.PHONY: lint
lint:	## clang-tidy and cppcheck, clean
	@sh ./setup.sh clang-tidy cppcheck
	sh tests/lint.sh

.PHONY: help
help:	## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12
