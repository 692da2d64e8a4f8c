# What a developer types. CI calls the same targets.
CONFIG ?= release
SERVE ?= 1
DATA ?= demo
PORT ?= 8080
SOURCES = Package.swift Modules Sources Tests Benchmarks

.PHONY: help demo build release package test-package test test-api test-mail test-postfix test-postgres test-cluster test-backups test-kills test-faults test-web test-module fmt check boundaries record bench bench-cluster bench-matching module module-check deps clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

deps:
	@scripts/dependencies.sh

demo: deps ## Play the 2020 edition and serve the portal with it (SERVE=0 ends after the play)
	swift build -c $(CONFIG) --product parvis
	.build/$(CONFIG)/parvis demo --fresh --data $(DATA) $(if $(filter 0,$(SERVE)),--no-serve,--port $(PORT))

build: deps ## Build everything for development, with the imports of each target checked and without a warning
	@scripts/build.sh

release: deps ## Build the program as it is installed: .build/release/parvis
	swift build -c release --product parvis

package: ## Make the Debian package: .build-package/parvis_VERSION_ARCH.deb
	scripts/package.sh

test-package: ## Install the package on a bare Debian 12, upgrade, remove and purge it there (as root; PACKAGE=file takes one that is made)
	PACKAGE=$(PACKAGE) scripts/test-package.sh

test: build ## Run everything that proves it
	swift test --skip-build
	@$(MAKE) --no-print-directory boundaries

test-postgres: ## Run the tests of what stores rows on PostgreSQL, in a cluster of its own (TESTS=MatchingTests for some)
	@POSTGRES=1 scripts/dependencies.sh
	@$(MAKE) --no-print-directory build
	scripts/test-postgres.sh $(if $(TESTS),--filter '$(TESTS)')

test-cluster: build ## Kill servers that share a PostgreSQL database under load (KILLS=50 SERVERS=3)
	@POSTGRES=1 scripts/dependencies.sh
	KILLS=$(KILLS) SERVERS=$(SERVERS) scripts/test-cluster.sh

test-backups: ## Restore backups that were made while people wrote (BACKUPS=50; on PostgreSQL, too, where it is)
	@swift build --product parvis
	BACKUPS=$(BACKUPS) scripts/test-endurance.sh backups
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
	  BACKUPS=$(BACKUPS) scripts/test-postgres.sh -- scripts/test-endurance.sh backups; fi

test-kills: ## Kill a server that people use (KILLS=200): nothing acknowledged is lost
	@swift build --product parvis
	KILLS=$(KILLS) scripts/test-endurance.sh kills

test-faults: ## Disks that fail, fill up or lose what was not synced, clocks that jump (ROUNDS=3 CUTS=500 JUMPS=50)
	@swift build --product parvis
	ROUNDS=$(ROUNDS) CUTS=$(CUTS) JUMPS=$(JUMPS) scripts/test-endurance.sh faults powercut clock

test-mail: build ## Test letters with real mail servers and other people's parsers
	scripts/mail-tests.sh

test-postfix: build ## Send letters through Debian's Postfix, from a folder of its own, and read what comes back (as root)
	scripts/test-postfix.sh

test-api: deps ## Send made-up requests to every operation as each role (EXAMPLES=3)
	swift build --product parvis
	scripts/test-api.sh

test-web: build ## Drive the portal with a browser (SUBJECTS="sign_in pages", PICTURES=folder keeps what it saw)
	PICTURES=$(PICTURES) PLAYS=$(PLAYS) scripts/test-web.sh $(SUBJECTS)

test-module: deps ## Build and test one module, whatever state the others are in: make test-module M=Matching
	@test -n "$(M)" || { echo "Which module? make test-module M=Matching"; exit 1; }
	MODULE=$(M) swift test --scratch-path .build-slices/$(M)

record: ## Write down who may call what (permissions.txt) and docs/rules.md as the code has them now
	RECORD=1 swift test --filter PermissionTests

fmt: ## Format the code
	swift format format -i -r $(SOURCES)

check: ## Check the format
	swift format lint --strict -r $(SOURCES)

boundaries: ## Check that modules keep to themselves
	@# Not piped: both would wait for the other, one for the lock, one for the reader.
	@swift package dump-package > .build/package.json
	@swift run --skip-build boundaries < .build/package.json

bench: deps ## Measure the budgets of docs/architecture.md and write docs/performance.md
	Benchmarks/run.sh

bench-cluster: release ## Measure one to three servers on a PostgreSQL database and write docs/scaling.md
	PARVIS=.build/release/parvis DURABLE=1 scripts/test-postgres.sh -- python3 -B Benchmarks/Cluster/measure.py

bench-matching: deps ## Measure the engine beside its peers (FAMILIES=seed,city,national,huge)
	bash Benchmarks/Matching/run.sh

module: ## Stamp a new module: make module NAME=Training
	@scripts/new-module.sh "$(NAME)"

module-check: ## Prove that a stamped module builds, serves and is tested beside a broken sibling
	@scripts/check-module.sh

clean:
	rm -rf .build .build-* $(DATA)
