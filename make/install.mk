# Part of the Makefile: what is installed, and where. The folders have their GNU names; DESTDIR stands before all of them.

PREFIX	= /usr/local
prefix	= $(PREFIX)
exec_prefix = $(prefix)
bindir	= $(exec_prefix)/bin
libdir	= $(exec_prefix)/lib
includedir = $(prefix)/include
datarootdir = $(prefix)/share
datadir	= $(datarootdir)
mandir	= $(datarootdir)/man
docdir	= $(datarootdir)/doc/atopdump
pkgconfigdir = $(libdir)/pkgconfig
bashdir	= $(datarootdir)/bash-completion/completions
zshdir	= $(datarootdir)/zsh/site-functions
fishdir	= $(datarootdir)/fish/vendor_completions.d

# Folders that systems have although they may be empty.
KEPT	= $(prefix) $(bindir) $(libdir) $(includedir) $(datarootdir) $(mandir)

DOCS	= README.md CHANGELOG.md SECURITY.md LICENSE $(wildcard docs/*.md)

# $(call row,MODE,FILES,FOLDER): a line of the manifest for each file.
row	= $(foreach f,$(2),"$(1) $(f) $(3)/$(notdir $(f))")
MANIFEST = $(call row,755,$(BUILD)/atopdump $(BUILD)/atopgen,$(bindir)) \
	$(call row,644,runtime/rawlog/rawlog.h,$(includedir)) \
	$(call row,644,$(BUILD)/librawlog.a,$(libdir)) \
	"755 $(BUILD)/librawlog.so $(libdir)/librawlog.so.0" "link librawlog.so.0 $(libdir)/librawlog.so" \
	$(call row,644,$(BUILD)/librawlog.pc,$(pkgconfigdir)) \
	$(foreach s,1 3 5 7,$(call row,644,$(filter %.$(s),$(PAGES)),$(mandir)/man$(s))) \
	$(foreach program,atopdump atopgen,"644 $(BUILD)/man/$(program).bash $(bashdir)/$(program)" \
		"644 $(BUILD)/man/$(program).zsh $(zshdir)/_$(program)" "644 $(BUILD)/man/$(program).fish $(fishdir)/$(program).fish") \
	$(call row,644,schemas/README.md $(sort $(wildcard schemas/*.yaml)),$(datadir)/atopdump/schemas) \
	$(foreach f,labels views,$(call row,644,$(sort $(wildcard schemas/$(f)/*.yaml)),$(datadir)/atopdump/schemas/$(f))) \
	$(call row,644,generated/tables.lock,$(datadir)/atopdump/generated) \
	$(call row,644,$(filter-out docs/%,$(DOCS)),$(docdir)) $(call row,644,$(filter docs/%,$(DOCS)),$(docdir)/docs)

.PHONY: install install-strip uninstall
install: all lib man $(BUILD)/atopgen	## install below prefix (/usr/local): programs, library, manual pages, completions, schemas, docs
	@printf '%s\n' $(MANIFEST) >$(BUILD)/manifest
	@DESTDIR=$(call quoted,$(DESTDIR)) STRIP=$(INSTALL_STRIP) sh make/install.sh install $(BUILD)/manifest
	@echo "installed $$(wc -l <$(BUILD)/manifest) files below $(DESTDIR)$(prefix)"

install-strip:	## the same without debug information
	@$(MAKE) --no-print-directory INSTALL_STRIP=$(STRIP) install
STRIP	= strip

uninstall:	## remove what install installed, with the same settings
	@mkdir -p $(BUILD)
	@printf '%s\n' $(MANIFEST) >$(BUILD)/manifest
	@DESTDIR=$(call quoted,$(DESTDIR)) KEPT="$(KEPT)" sh make/install.sh uninstall $(BUILD)/manifest
