# Every command of the project. Each installs what it needs (scripts/setup.sh) and is quick the second time.
# `make run ADDR=127.0.0.1:8080 DATA=/somewhere` serves elsewhere or from another data folder.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test build dev bench shots proof

ADDR ?= 127.0.0.1:3000
DATA ?= data
export ADDR DATA

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build a release, make a demo firm in ./data if there is none, serve http://127.0.0.1:3000
	@scripts/run.sh

test: ## run every check, cheap first; ONLY="format edges" runs just these
	@scripts/test.sh $(ONLY)

build: ## leave dist/menpai: one release file with the site inside
	@scripts/build.sh

dev: ## serve a debug build and rebuild on every change
	@scripts/dev.sh

bench: ## measure speed and memory beside other programs; ARGS=--short for a few minutes
	@scripts/bench.sh $(ARGS)

shots: ## screenshots of every main page, four sizes, light and dark, into ./shots
	@scripts/shots.sh

proof: ## the long checks: many random cases, Lighthouse, web scanners, kill loops
	@scripts/proof.sh $(ONLY)
