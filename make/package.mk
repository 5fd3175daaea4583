# Part of the Makefile: source archives and packages.

DIST	= atopdump-$(VERSION)

.PHONY: dist
dist:	## a source archive: build/atopdump-VERSION.tar.gz; the same bytes from a clone and from the archive itself
	@mkdir -p $(BUILD)
	$(Q)sh make/dist.sh $(DIST) $(BUILD)/$(DIST).tar.gz
