# `make help` explains each target.
JDK ?= 25
export JAVA_HOME := $(or $(shell ls -d /usr/lib/jvm/*$(JDK)*jdk* /usr/lib/jvm/*jdk*$(JDK)* 2>/dev/null | head -n 1),$(JAVA_HOME))
MVN = mvn

.DEFAULT_GOAL := help
.PHONY: help demo demo-down check test build format

help: ## show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | while IFS='|' read -r t d; do printf '  make %-10s %s\n' "$$t" "$$d"; done

demo: ## from nothing to a live application on an emulated AWS; drift named and repaired; deleted and raised again; leaves it running
	@e2e-tests/demo/up

demo-down: ## end everything that `make demo` started
	@e2e-tests/demo/down

check: ## formatting, compilation with Error Prone and NullAway, unit, component and architecture tests but the exhaustive ones (fast)
	$(MVN) spotless:check test -pl crds,operator -DexcludedGroups=exhaustive

test: ## everything: unit, component, architecture, API-server and end-to-end tests, from a cold machine if need be
	@e2e-tests/bed/bed build
	$(MVN) spotless:check verify
	@e2e-tests/summary

build: ## the operator as a jar, without tests
	$(MVN) package -DskipTests -pl crds,operator

format: ## format the Java sources
	$(MVN) spotless:apply
