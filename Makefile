# The recipes are short scripts in .ci; CI runs the same ones.
.DEFAULT_GOAL := help
.PHONY: help run dev check test e2e bench kills suz-faults fuzz screenshots release clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## install what is missing, build, serve the demo on http://127.0.0.1:3000 (PORT=3005 for another port)
	@.ci/serve

dev: ## the same, unoptimised: rebuild and reload on every change
	@.ci/dev

check: ## formatting and lints, native and wasm
	@.ci/check

test: ## every check and test there is, with a summary at the end
	@.ci/test

e2e: ## the browser tests alone (ARGS='orders --headed' goes to Playwright)
	@.ci/build
	@.ci/e2e --project=chromium $(ARGS)

bench: ## speed: the marking-code engine beside its peers, labels, sending beside bare requests, the order list
	@.ci/bench

kills: ## end the program in the middle of a bulk of 500 orders, again and again, and compare (RUNS=20 DATABASE=postgres)
	@.ci/kills

suz-faults: ## every request of an order of codes meets every trouble, then 200 random kills; what was emitted is compared with what is stored
	@.ci/suz-faults

fuzz: ## feed the marking-code engine nonsense for ten minutes (TARGET=bulk, escape or codes: СУЗ's answers; SECONDS=3600)
	@.ci/fuzz $(or $(TARGET),parse) $(or $(SECONDS),600)

screenshots: ## pictures of the main pages (light, dark, phone) into end2end/screenshots
	@.ci/build
	@.ci/e2e --project=screenshots

release: ## pack binary, site, README and LICENSE into target/dist
	@.ci/release

clean: ## remove everything that was built, the downloaded tools too; .metka (the demo's data) stays
	CARGO_TARGET_DIR=target cargo clean
	rm -rf app/cis/benches/peers/node_modules end2end/node_modules end2end/test-results end2end/playwright-report end2end/screenshots
