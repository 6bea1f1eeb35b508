.DEFAULT_GOAL := help
.PHONY: help run demo test soak bench check lock translations

help: ## show this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

run: ## start the program (PORT=8000 HOST=127.0.0.1 DATA=./var/data)
	@bin/run

demo: ## delete the demo county and fill it in anew (YES=1 does not ask)
	@bin/demo

test: ## run all tests (ARGS="tests/events -k register" for some)
	@bin/test $(ARGS)

soak: ## run the machine of places for long (about an hour)
	@bin/test --soak tests/events/registration/test_places_machine.py

bench: ## measure scans, sign-ups and pages beside a bare view (writes var/bench.json)
	@bin/bench

check: ## format, lint, types, layers, lock files, translations
	@bin/check

lock: ## make the lock files anew (ARGS=--upgrade for the newest versions)
	@bin/lock $(ARGS)

translations: ## bring the Chinese catalogue up to date with the texts
	@bin/translations
