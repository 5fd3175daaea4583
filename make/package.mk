# Part of the Makefile: source archives and packages.

DIST	= atopdump-$(VERSION)

.PHONY: dist
dist:	## a source archive: build/atopdump-VERSION.tar.gz; the same bytes from a clone and from the archive itself
	@mkdir -p $(BUILD)
	$(Q)sh make/dist.sh $(DIST) $(BUILD)/$(DIST).tar.gz

.PHONY: deb
deb: dist	## Debian packages, in build/deb
	@sh ./setup.sh dpkg-buildpackage dh
	$(Q)sh packaging/deb.sh $(BUILD)/$(DIST).tar.gz $(VERSION) $(BUILD)/deb

.PHONY: static
static:	## a program without shared libraries, build/static/atopdump: with musl and ZLIB_SOURCE=FOLDER, or with glibc
	$(Q)+sh packaging/static.sh $(BUILD)/static $(ZLIB_SOURCE)

.PHONY: check-packaging
check-packaging:	## build, install and remove from the source archive, Debian and RPM packages; some minutes
	@sh ./setup.sh python3 dpkg-buildpackage dh lintian
	@$(MAKE) --no-print-directory $(PARALLEL) programs
	$(PYTHON) tests/run.py --build $(BUILD) packaging
	sh tests/packaging/run.sh $(BUILD)
