# Part of the Makefile: the extension for DuckDB. It contains what reads logs, the facts of the tables and conditions, but no
# format. DUCKDB_INCLUDE is the folder of duckdb_extension.h; DuckDB's own header is the only thing of it that is needed.

DUCKDB_INCLUDE =
DUCKDB_PLATFORM = $(shell uname -s | tr A-Z a-z)_$(subst aarch64,arm64,$(subst x86_64,amd64,$(shell uname -m)))
DUCKDB_C := $(sort $(wildcard duckdb/*.c)) $(sort $(wildcard runtime/print/query/*.c)) $(sort $(wildcard expr/*.c)) \
	$(sort $(wildcard runtime/print/text/*.c)) runtime/rawlog/io/writer.c
DUCKDB_OBJ = $(patsubst %.c,$(BUILD)/pic/%.o,$(DUCKDB_C)) $(BUILD)/pic/generated/columns.o \
	$(patsubst $(BUILD)/obj/%,$(BUILD)/pic/%,$(filter %/views.o,$(CATALOG_OBJ)))

.PHONY: duckdb
duckdb: $(BUILD)/atop.duckdb_extension	## build the extension for DuckDB; needs DUCKDB_INCLUDE=DIR, the folder of duckdb_extension.h
	@echo "built $< $(VERSION) for $(DUCKDB_PLATFORM)"

$(BUILD)/atop.duckdb_extension: $(DUCKDB_OBJ) $(LIBRARY_OBJ) duckdb/atop.map duckdb/footer.sh
	$(call say,LINK) $@
	$(Q)$(CC) $(HARDEN_LDFLAGS) $(CFLAGS) $(LDFLAGS) -shared -Wl,--version-script=duckdb/atop.map -Wl,--no-undefined \
		-o $@.tmp $(DUCKDB_OBJ) $(LIBRARY_OBJ) $(LIBRARY_LIBS) -lm
	$(Q)sh duckdb/footer.sh $@.tmp $(DUCKDB_PLATFORM) $(VERSION)
	$(Q)mv $@.tmp $@

$(BUILD)/pic/duckdb/%.o: COMPILE += -iquote . -iquote runtime -isystem $(or $(DUCKDB_INCLUDE),$(error make duckdb needs DUCKDB_INCLUDE=DIR, the folder of duckdb_extension.h (`npm pack duckdb` has it)))
$(BUILD)/pic/expr/%.o: COMPILE += -iquote .
