# Part of the Makefile: manual pages and completions, made in $(BUILD)/man. The prose is in man/; what the programs know
# themselves (verbs, options, tables, releases, columns) is printed by two programs from the tables of their code.

# The date of the pages: that of the release.
RELEASED = November 26, 2026

MAN	= $(BUILD)/man
PAGES	= $(patsubst man/%.in,$(MAN)/%,$(sort $(wildcard man/*.in)))
COMPLETIONS = $(foreach program,atopdump atopgen,$(addprefix $(MAN)/$(program).,bash zsh fish))
PAGE_OBJ = $(addprefix $(BUILD)/obj/man/,page.o mdoc.o complete.o)

.PHONY: man
man: $(PAGES) $(COMPLETIONS)	## manual pages and completions, in build/man

$(MAN)/atopdump_page: $(BUILD)/obj/man/atopdump_page.o $(PAGE_OBJ) $(call without,$(RUNTIME_OBJ),runtime/atopdump/cli/main) $(CATALOG_OBJ)
	@mkdir -p $(@D)
	$(call say,LINK) $@
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(MAN)/atopgen_page: $(BUILD)/obj/man/atopgen_page.o $(PAGE_OBJ) $(call without,$(GENERATOR_OBJ),generator/main)
	@mkdir -p $(@D)
	$(call say,LINK) $@
	$(Q)$(LINK) -o $@ $^ $(LIBYAML_LIBS)

$(BUILD)/obj/man/%.o: COMPILE += $(HAVE) -iquote . -iquote $(if $(filter man/atopgen%,$*),generator,runtime)

# A line @PART@ of a template stands for what the page's program prints of that name; @FIELDS@ for what atopgen does.
$(MAN)/%: man/%.in man/expand.sh man/examples $(MAN)/atopdump_page $(MAN)/atopgen_page $(BUILD)/atopgen $(wildcard schemas/*.yaml) $(BUILD)/flags
	$(call say,MAN) $@
	$(Q)VERSION='$(VERSION)' RELEASED='$(RELEASED)' ATOPGEN=$(BUILD)/atopgen SCHEMAS="$(SCHEMAS)" LOCK=$(LOCK) \
		sh man/expand.sh $(MAN)/$(if $(filter atopgen%,$*),atopgen,atopdump)_page $< >$@.new && mv $@.new $@

$(foreach shell,bash zsh fish,$(eval $$(MAN)/%.$(shell): $$(MAN)/%_page ; $$(Q)$$< $(shell) >$$@.new && mv $$@.new $$@))
