# imapscope: every task of a user and of a developer. Plain `make` lists them.
# On Debian and Ubuntu, `demo`, `build`, `test` and `bench` install missing packages through apt and say so.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift

bindir = $(DESTDIR)$(PREFIX)/bin
licensedir = $(DESTDIR)$(PREFIX)/share/licenses/imapscope
# Where bash-completion, zsh and fish look by themselves, and man.
bashdir = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zshdir = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fishdir = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
mandir = $(DESTDIR)$(PREFIX)/share/man/man1
binary = .build/release/imapscope
release = $(SWIFT) build -c release --static-swift-stdlib -Xlinker -s --product imapscope
catalog = Sources/imapscope/imapscope.docc
# docc comes with every toolchain, beside swift.
docc = $(or $(shell command -v docc),$(dir $(realpath $(shell command -v $(SWIFT))))docc)
convert = $(docc) convert --fallback-display-name imapscope \
    --fallback-bundle-identifier imapscope
reference_pages = $(catalog)/Reference
swift_files = Sources Tests Package.swift
packages = Tests/Support/install-packages

.PHONY: help demo build test unit-test integration-test bench fuzz lint format reference guide install uninstall clean swift
.DEFAULT_GOAL := help

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## build, then show imapscope at work; needs no server
	@$(binary) demo

build: swift ## release build: .build/release/imapscope
	@$(packages) build
	$(release)

# Sequential on purpose: each step is cheaper than the next one and tells more about the cause of a failure.
test: swift ## everything: packages, style, warnings, unit tests, integration tests
	@$(packages) build test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory unit-test
	$(release)
	@$(MAKE) --no-print-directory integration-test

unit-test: swift ## the Swift tests; a skipped test or an empty run fails (FILTER=regex)
	@Tests/Support/run-unit-tests $(if $(FILTER),--filter '$(FILTER)')

integration-test: ## real servers and clients through $(binary) (ONLY='name...')
	@Tests/Integration/run $(ONLY)

bench: build ## parsers and proxy beside their references, as ratios
	@$(packages) test
	@Tests/Benchmarks/run
	@Tests/Integration/bench

FUZZ_SECONDS ?= 60

fuzz: swift ## fuzz framer, parser, session, captures, packets, reassembly, filters and rules (FUZZ_SECONDS=n for each; needs libFuzzer of the toolchain)
	@FUZZ_SECONDS='$(FUZZ_SECONDS)' SWIFT='$(SWIFT)' Tests/Fuzz/run $(ONLY)

lint: swift ## style of all Swift files, strictly; links of the guide
	@mkdir -p .build
	$(SWIFT) format lint --strict --recursive $(swift_files)
	$(convert) --warnings-as-errors --output-path .build/guide $(catalog) >/dev/null

format: swift ## rewrite all Swift files in the project's style
	$(SWIFT) format format --in-place --recursive $(swift_files)

guide: swift ## the guide as a web site: .build/guide, to be served by any web server
	@mkdir -p .build
	$(convert) --warnings-as-errors --output-path .build/guide $(catalog)

reference: build ## write the reference tables of the guide from the registry
	$(binary) generate reference $(reference_pages)

# As root this builds nothing: a build as root would leave files in .build that the user cannot replace.
install: ## install a built imapscope, its manual and completions under PREFIX (/usr/local); DESTDIR is honoured
	@test -x $(binary) || { echo "There is no $(binary) yet: run 'make build' first." >&2; exit 1; }
	install -d $(bindir) $(licensedir) $(bashdir) $(zshdir) $(fishdir) $(mandir)
	install -m 755 $(binary) $(bindir)/imapscope
	install -m 644 LICENSE $(licensedir)/LICENSE
	umask 022 && $(binary) --generate-completion-script bash > $(bashdir)/imapscope
	umask 022 && $(binary) --generate-completion-script zsh > $(zshdir)/_imapscope
	umask 022 && $(binary) --generate-completion-script fish > $(fishdir)/imapscope.fish
	$(binary) generate manual $(mandir)

uninstall: ## remove what install put there
	rm -f $(bindir)/imapscope $(licensedir)/LICENSE
	rm -f $(bashdir)/imapscope $(zshdir)/_imapscope $(fishdir)/imapscope.fish
	rm -f $(mandir)/imapscope.1 $(mandir)/imapscope-*.1
	-rmdir $(licensedir)

clean: ## remove all build products
	rm -rf .build

swift:
	@command -v $(SWIFT) >/dev/null 2>&1 || { \
	    echo "imapscope is built with Swift 6.2 or newer, which is not in PATH: https://www.swift.org/install/linux" >&2; exit 1; }
