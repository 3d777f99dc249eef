# Needs python3 and make. Everything else is brought: uv, Python packages, Node, the web app, a browser, PostgreSQL.

export PATH := $(CURDIR)/.venv/bin:$(PATH)
SETUP := python3 tools/setup.py
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## what the program needs to run: Python packages and the built web app
	@$(SETUP) python web

run: setup ## Chairside with an invented clinic on http://localhost:8000 (ARGS="--port 8001 --data DIR")
	@.venv/bin/chairside run --demo $(ARGS)

test: setup ## every test, a real browser included (ARGS="tests/scheduling -k book")
	@$(SETUP) browser
	@cd web && node_modules/.bin/vitest run
	@.venv/bin/pytest $(or $(ARGS),-n 2)

check: setup ## formatting, types, import contracts, locks, generated files
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/python -m tools.locks
	.venv/bin/python -m tools.openapi --check
	.venv/bin/python -m tools.refusals --check
	cd web && npm run --silent types -- --check
	cd web && node_modules/.bin/biome check . && npm run --silent walls && node_modules/.bin/tsc --noEmit && node checks/budget.mjs

advisories: setup ## known weaknesses in what is locked and shipped, where they can be asked for
	@.venv/bin/python -m tools.advisories $(ARGS)

openapi: setup ## the API's document, the web app's types and the words of refusals, written from the program
	.venv/bin/python -m tools.openapi
	.venv/bin/python -m tools.refusals
	cd web && npm run --silent types

bench: setup ## the figures of docs/performance.md, measured here (ARGS="one_slot")
	.venv/bin/python -m bench $(ARGS)

faults: setup ## kill -9 of anything under load: nothing acknowledged is lost or doubled (ARGS="--kills 200 --seed 7")
	@.venv/bin/python -m tests.faults $(ARGS)

reset: setup ## the development database anew: schema, migrations, invented clinic
	@.venv/bin/chairside reset $(ARGS)

.PHONY: help setup run test check advisories openapi bench faults reset
