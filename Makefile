# make help lists the targets. GNU make; needs a C compiler and zlib, libyaml to regenerate, Check and python3 to test.
# How the test programs are built and run is in tests/build.mk.

VERSION	= 0.1.0
BUILD	= build
GENERATED = generated
SCHEMAS	= $(wildcard schemas/atop-*.yaml)
OTHERS	= $(wildcard schemas/labels/*.yaml schemas/views/*.yaml schemas/suspect.yaml)
LOCK	= $(if $(wildcard generated/tables.lock),--lock=generated/tables.lock)

CC	?= cc
CFLAGS	?= -O2 -g
WARN	= -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes \
	  -Wold-style-definition -Wvla -Wwrite-strings
WERROR	?=

STD	= -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64
# What hardens stands before the flags that are given, which therefore decide. HARDEN=no leaves it out.
HARDEN	= yes
# With this the same sources give the same bytes in any folder.
SAME	= $(if $(MAPS_PATHS),-ffile-prefix-map=$(CURDIR)=.)
COMPILE	= $(CC) $(STD) $(WARN) $(WERROR) $(HARDEN_CFLAGS) $(PIE_CFLAGS) $(SAME) $(CPPFLAGS) $(CFLAGS)
LINK	= $(CC) $(HARDEN_LDFLAGS) $(PIE_LDFLAGS) $(PACK_LDFLAGS) $(CFLAGS) $(LDFLAGS)
PYTHON	= python3

# Which libraries can be linked: VARIABLE, VARIABLE_NAME and VARIABLE_LIBS for each row of make/libraries.
include make/probed.mk
used	= $(filter-out $(foreach v,$(OPTIONAL),$(if $(filter yes,$($(v))),,$(v))),$(OPTIONAL))
# $(call libs,VARIABLES): what links those that are used.
libs	= $(foreach v,$(filter $(1),$(used)),$(if $($(v)_SONAME),$(DL_LIBS),$($(v)_LIBS)))
# $(call linked,VARIABLES): the same of a program that loads none.
linked	= $(foreach v,$(filter $(1),$(used)),$($(v)_LIBS))
names	= $(foreach v,$(1),$($(v)_NAME))
HAVE	= $(foreach v,$(used),-DHAVE_$(v) $(if $($(v)_SONAME),-D$(v)_SONAME='"$($(v)_SONAME)"'))
LIBS	= $(call libs,$(OPTIONAL)) $(ZLIB_LIBS) -lpthread

# One short line for each file that is made; V=1 shows the commands.
ifeq ($(V),1)
say	= @:
Q	=
else
say	= @printf '  %-5s %s\n' $(1)
Q	= @
endif

# $(call below,DIR): the objects of all C files in DIR and its subfolders.
below	= $(patsubst %.c,$(BUILD)/obj/%.o,$(sort $(shell find $(1) -name '*.c')))
# $(call without,OBJECTS,NAME): OBJECTS except that of NAME.c.
without	= $(filter-out $(BUILD)/obj/$(2).o,$(1))

# expr/ and ddl/ are parts of both programs.
SHARED_OBJ := $(call below,expr ddl)
GENERATOR_OBJ := $(call below,generator) $(SHARED_OBJ)
# The objects that need a library which is not used, and what loads libraries if none is loaded.
UNUSED_OBJ = $(addprefix $(BUILD)/obj/runtime/,$(if $(filter SQLITE,$(used)),,print/format/format_sqlite.o print/format/sqlite_%.o atopdump/report/timeline_sqlite.o atopdump/report/sighting_columns.o) \
	atopdump/dump/$(if $(filter LIBARCHIVE,$(used)),archive_none.o,archive.o atopdump/dump/archive_library.o) $(if $(findstring _SONAME,$(HAVE)),,load/%))
RUNTIME_OBJ := $(filter-out $(UNUSED_OBJ),$(call below,runtime)) $(SHARED_OBJ)
CATALOG_OBJ = $(patsubst $(GENERATED)/%.c,$(BUILD)/obj/generated/%.o,$(sort $(shell find $(GENERATED) -name '*.c')))

# --- building ------------------------------------------------------------------------------------------------

releases = $(patsubst atop-%.yaml,%,$(notdir $(1)))

.PHONY: all
ifneq ($(and $(SCHEMA),$(filter-out audit measure,$(or $(MAKECMDGOALS),all))),)
# make SCHEMA=schemas/atop-2.7.yaml: a reader of that release alone, in build/2.7; several may be named.
ALONE	= $(BUILD)/$(subst $() ,+,$(call releases,$(SCHEMA)))

all:
	@$(MAKE) --no-print-directory SCHEMA= $(BUILD)/atopgen
	$(Q)$(BUILD)/atopgen generate -o $(ALONE)/generated $(LOCK) $(SCHEMA) $(OTHERS)
	@$(MAKE) --no-print-directory SCHEMA= BUILD=$(ALONE) GENERATED=$(ALONE)/generated SCHEMAS="$(SCHEMA)" all
else
all: $(BUILD)/atopdump	## build atopdump (the default); with SCHEMA=FILE: for that release alone
	@echo "built $< $(VERSION)" $(if $(used),with $(call names,$(used)),without an optional library)$(if $(filter-out $(used),$(OPTIONAL)), \
		"(not used: $(call names,$(filter-out $(used),$(OPTIONAL))))") for the logs of atop \
		$$(printf '%s\n' $(call releases,$(SCHEMAS)) | sort -t . -k 1,1n -k 2,2n)
endif

$(BUILD)/atopdump: $(RUNTIME_OBJ) $(CATALOG_OBJ)
	$(call say,LINK) $@
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(BUILD)/atopgen: $(GENERATOR_OBJ)
	$(call say,LINK) $@
	$(Q)$(LINK) -o $@ $^ $(LIBYAML_LIBS)

# The library: the same sources compiled as position-independent code, without what prints or writes.
LIBRARY_C := $(filter-out runtime/rawlog/write/% %/writer.c,$(sort $(shell find runtime/rawlog -name '*.c')))
LIBRARY_OBJ = $(patsubst %.c,$(BUILD)/pic/%.o,$(LIBRARY_C)) $(patsubst $(BUILD)/obj/%,$(BUILD)/pic/%,\
	$(filter-out %/json.o %/rows.o %/labels.o %/views.o %/view_rows.o %/view_printers.o %/sql_views.o %/suspect.o %/columns.o %/printers.o %/reference.o,$(CATALOG_OBJ)))
LIBRARY_LIBS = $(call libs,LIBDEFLATE) $(ZLIB_LIBS)
EXPORTED = runtime/rawlog/librawlog.map

.PHONY: lib
lib: $(addprefix $(BUILD)/,librawlog.a librawlog.so librawlog.pc)	## build the library: librawlog.a, librawlog.so, librawlog.pc

$(BUILD)/librawlog.so: $(LIBRARY_OBJ) $(EXPORTED)
	$(call say,LINK) $@
	$(Q)$(CC) $(HARDEN_LDFLAGS) $(PACK_LDFLAGS) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,librawlog.so.0 -Wl,--version-script=$(EXPORTED) -Wl,--no-undefined \
		-o $@ $(LIBRARY_OBJ) $(LIBRARY_LIBS)
	$(Q)ln -sf $(@F) $@.0

# One object in which only what the map names is global, so that no other name can clash with a program's.
$(BUILD)/librawlog.a: $(LIBRARY_OBJ) $(EXPORTED)
	$(call say,AR) $@
	$(Q)$(LD) -r -o $(BUILD)/librawlog.o $(LIBRARY_OBJ)
	$(Q)sed -n 's/^\t\(rawlog_[a-z_]*\);$$/\1/p' $(EXPORTED) >$(BUILD)/librawlog.names
	$(Q)objcopy --keep-global-symbols=$(BUILD)/librawlog.names $(BUILD)/librawlog.o
	$(Q)rm -f $@ && $(AR) rcs $@ $(BUILD)/librawlog.o

# Made again each time, because it has the folders that make was given.
.PHONY: $(BUILD)/librawlog.pc
$(BUILD)/librawlog.pc: runtime/rawlog/librawlog.pc.in
	@mkdir -p $(@D)
	$(Q)sed -e 's|@prefix@|$(prefix)|; s|@libdir@|$(libdir)|; s|@includedir@|$(includedir)|' \
		-e 's|@VERSION@|$(VERSION)|; s|@LIBS@|$(LIBRARY_LIBS)|' $< >$@

$(BUILD)/pic/generated/%.o: $(GENERATED)/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC) "$< (library)"
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/pic/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC) "$< (library)"
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# Without assertions, which print and abort.
$(BUILD)/pic/%.o: COMPILE += -fPIC -DNDEBUG
$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC) $<
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/obj/generated/%.o: $(GENERATED)/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC) $<
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# Unwind tables of generated code are a large part of a stripped program. Nothing in it unwinds the stack. The library keeps them, since a
# program in C++ may throw through a function that the library calls.
$(BUILD)/obj/generated/%.o: COMPILE += $(SMALL_CFLAGS)

# Views are not slower when their code is small.
$(BUILD)/obj/generated/%/views.o: COMPILE += $(if $(filter -O2,$(CFLAGS)),-Os)
$(BUILD)/obj/generated/%/decode.o $(BUILD)/pic/generated/%/decode.o: COMPILE += $(DECODE_CFLAGS)
# Functions and lines are enough to find a place in generated code; its variables cost a quarter of its compilation. Flags that are given
# stay as they are.
GENERATED_CFLAGS = $(if $(filter file,$(origin CFLAGS)),-g1)
$(BUILD)/obj/generated/%.o $(BUILD)/pic/generated/%.o: COMPILE += $(GENERATED_CFLAGS)
$(BUILD)/obj/generated/%.o $(BUILD)/pic/generated/%.o: COMPILE += -Wno-overlength-strings -iquote runtime -iquote $(GENERATED)
$(BUILD)/obj/runtime/%.o $(BUILD)/pic/runtime/%.o: COMPILE += -iquote . -iquote runtime -DATOPDUMP_VERSION='"$(VERSION)"' $(HAVE)
$(BUILD)/obj/expr/%.o $(BUILD)/obj/ddl/%.o: COMPILE += -iquote .
$(BUILD)/obj/generator/%.o: COMPILE += -iquote . -iquote generator -DATOPGEN_VERSION='"$(VERSION)"'

# Nothing is compiled for a program that cannot be linked. What both programs share comes last, and needs neither library.
$(if $(filter yes,$(ZLIB)),,$(filter-out $(SHARED_OBJ),$(RUNTIME_OBJ)) $(CATALOG_OBJ) $(LIBRARY_OBJ)): | zlib
$(if $(filter yes,$(LIBYAML)),,$(filter-out $(SHARED_OBJ),$(GENERATOR_OBJ))): | libyaml

.PHONY: zlib libyaml
zlib libyaml:
	@sh ./setup.sh $@

# Every object depends on $(BUILD)/flags, which is rewritten when the compiler or its flags are not those of the last build.
FLAGS	:= $(CC) ; $(CFLAGS) ; $(strip $(subst $(CURDIR),,$(COMPILE) $(HARDEN_LDFLAGS) $(PIE_LDFLAGS) $(PACK_LDFLAGS)) $(LDFLAGS) $(GENERATED_CFLAGS) $(HAVE) fuzzer=$(FUZZER) $(VERSION))
ifneq ($(FLAGS),$(shell cat $(BUILD)/flags 2>/dev/null))
.PHONY: $(BUILD)/flags
endif
$(BUILD)/flags:
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(FLAGS))' >$@

# The commit, in one object; $(BUILD)/commit is rewritten when it is not that of the last build.
COMMIT	:= $(shell sh make/commit.sh)
ifneq ($(COMMIT),$(shell cat $(BUILD)/commit 2>/dev/null))
.PHONY: $(BUILD)/commit
endif
$(BUILD)/commit:
	@mkdir -p $(@D)
	@echo '$(COMMIT)' >$@
$(BUILD)/obj/runtime/atopdump/cli/version.o: $(BUILD)/commit
$(BUILD)/obj/runtime/atopdump/cli/version.o: COMPILE += -DATOPDUMP_COMMIT='"$(COMMIT)"'

-include $(shell find $(BUILD)/obj $(BUILD)/pic -name '*.d' 2>/dev/null)

# --- using ---------------------------------------------------------------------------------------------------

.PHONY: demo
demo: all	## build, then dump a real example log
	$(BUILD)/atopdump example_data/atop-2.7.1.raw | cut -c 1-240 | head -n 6

include make/pages.mk
include make/install.mk
include make/package.mk
include make/duckdb.mk

.PHONY: clean
clean:	## remove everything built, in BUILD
	rm -rf $(BUILD)

# --- generating ----------------------------------------------------------------------------------------------

.PHONY: regen
regen: $(BUILD)/atopgen	## write generated/ from the schemas: files that differ, and no others
	@rm -rf $(BUILD)/regen
	$(Q)$(BUILD)/atopgen generate -o $(BUILD)/regen $(LOCK) $(SCHEMAS) $(OTHERS)
	@(cd generated && find * -type f ! -name README.md) | while read -r f; do \
		[ -e $(BUILD)/regen/$$f ] || { echo "removed generated/$$f"; rm generated/$$f; }; done
	@find generated -mindepth 1 -type d -empty -exec rmdir {} +
	@(cd $(BUILD)/regen && find * -type f) | while read -r f; do \
		cmp -s $(BUILD)/regen/$$f generated/$$f || { mkdir -p $$(dirname generated/$$f) && \
		cp $(BUILD)/regen/$$f generated/$$f && echo "wrote generated/$$f"; } || exit 1; done

.PHONY: verify
verify: $(BUILD)/atopgen	## regenerate into build/ and compare with generated/
	@rm -rf $(BUILD)/verify
	$(Q)$(BUILD)/atopgen generate -o $(BUILD)/verify $(LOCK) $(SCHEMAS) $(OTHERS)
	$(Q)diff -r -x README.md generated $(BUILD)/verify
	@echo "generated/ is what atopgen makes of schemas/"

.PHONY: audit
audit: $(BUILD)/atopgen	## compare a schema with the headers of ATOP=path/to/atop/source
	sh tests/audit/run.sh $(BUILD)/atopgen $(BUILD)/audit '$(ATOP)' $(or $(SCHEMA),$(SCHEMAS))

.PHONY: measure
measure:	## measure the structs in ATOP=path/to/atop/source of the release of SCHEMA=FILE into tests/data/layouts
	@sh ./setup.sh python3 readelf
	$(PYTHON) tests/audit/measure.py '$(ATOP)' $(SCHEMA)

.PHONY: layout
layout: $(BUILD)/atopgen	## print the layout of SCHEMAS in every data model
	@for s in $(SCHEMAS); do $(BUILD)/atopgen layout $$s; done

.PHONY: help
help:	## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile make/*.mk tests/build.mk | sort | expand -t 12

include tests/build.mk
