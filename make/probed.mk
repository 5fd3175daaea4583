# Part of the Makefile: runs make/probe.sh, and keeps what it finds in BUILD. It runs again if the compiler or its flags are
# others, or if headers were installed or removed since.

PROBED	= $(BUILD)/probed.mk
PROBED_WITH := $(strip $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) HARDEN=$(HARDEN))
quoted	= '$(subst ','\'',$(1))'

# Goals that compile nothing.
ifneq ($(filter-out help clean,$(or $(MAKECMDGOALS),all)),)
PROBED_STALE := $(shell head -n 1 $(PROBED) 2>/dev/null | cut -c 3- | grep -qxF $(call quoted,$(PROBED_WITH)) && \
	[ -z "$$(find /usr/include /usr/local/include make -maxdepth 1 -newer $(PROBED) 2>/dev/null)" ] || echo yes)
ifeq ($(PROBED_STALE),yes)
PROBED_FAULT := $(shell mkdir -p $(BUILD) && { printf '\043 %s\n' $(call quoted,$(PROBED_WITH)); CC=$(call quoted,$(CC)) \
	CPPFLAGS=$(call quoted,$(CPPFLAGS)) CFLAGS=$(call quoted,$(CFLAGS)) LDFLAGS=$(call quoted,$(LDFLAGS)) \
	HARDEN=$(HARDEN) sh make/probe.sh; } \
	>$(PROBED).new && mv $(PROBED).new $(PROBED) || echo failed)
endif
ifeq ($(PROBED_FAULT),failed)
$(error make/probe.sh failed)
endif
include $(PROBED)
endif
