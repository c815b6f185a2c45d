# Koppel: `make run` shows a region's night, `make help` the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

packages := pkg-config libxml2-dev zlib1g-dev libssl-dev libyaml-dev coinor-libclp-dev
sudo := $(if $(filter 0,$(shell id -u)),,sudo)
swift ?= swift
pipeline ?= pipelines/region.yaml
release_binary := .build/release/koppel
debug_binary := .build/debug/koppel
# Tests wait for the disk ten thousand times, and none of them cuts the power: files in memory serve
# as well, where there is room for them.
scratch := $(shell df --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4000000 { print "/dev/shm" }')
scratch := $(or $(scratch),$(TMPDIR),/tmp)

.PHONY: help run test build release bench fuzz tamper format lint check docs clean setup

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: release ## a region's night on made-up data: sample-data to published tables
	$(release_binary) run $(pipeline)

test: setup ## all tests
	$(swift) build --build-tests
	@folder=$$(mktemp -d -p $(scratch) koppel-tests-XXXXXX); trap 'rm -rf "$$folder"' EXIT; \
	  TMPDIR=$$folder $(swift) test --skip-build --parallel

build: setup ## a debug build
	$(swift) build

release: setup ## the command, optimised, in .build/release/koppel
	$(swift) build --configuration release --product koppel

bench: release ## build what is measured, and say how
	$(swift) build --configuration release --product benchmarks
	@echo 'built $(release_binary) and .build/release/benchmarks; measure one reader with:'
	@echo '  .build/release/benchmarks ingest FORMAT FILE... [--workers N]'
	@echo 'suppression with:'
	@echo '  .build/release/benchmarks suppress [dense] [sparse] [large]'
	@echo 'measure a night with:'
	@echo '  /usr/bin/time -v $(release_binary) run pipelines/benchmark.yaml --set data=DIR --set out=OUT --fresh'
	@echo 'where DIR holds brp.csv, care_claims.csv and wmo.csv'

fuzz: setup ## libFuzzer on every reader, `seconds` each (600); `reader=csv` for one
	@.ci/fuzz $(or $(seconds),600) $(reader)

tamper: setup ## every change of every byte of a log, against a witness: minutes, not seconds
	EVERY_FLIP=1 $(swift) test --filter TamperTests

format: ## lay out all Swift files as .swift-format says
	$(swift) format format --in-place --parallel --recursive Sources Tests Package.swift

lint: ## layout and the gates of .ci/lint
	$(swift) format lint --strict --parallel --recursive Sources Tests Package.swift
	@.ci/lint

check: setup lint ## lint, and a build in which a module sees only what Package.swift lets it
	$(swift) build --explicit-target-dependency-import-check error

docs: setup ## documentation of every module, in .build/docs
	@.ci/docs

clean: ## remove what was built; published tables and work folders stay
	rm -rf .build

setup: ## the C libraries, from Debian, if they are missing
	@pkg-config --exists libxml-2.0 zlib libcrypto yaml-0.1 clp 2>/dev/null || { \
	  $(sudo) apt-get update && \
	  $(sudo) apt-get install --yes --no-install-recommends $(packages); }
