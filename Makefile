# Everything lives in .venv; nothing needs to be activated.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(PATH):$(HOME)/.cargo/bin
CORE := $(shell find rust/src -type f) rust/Cargo.toml rust/Cargo.lock pyproject.toml

.PHONY: demo test lint bench bench-setup clean

demo: $(VENV)/.installed
	$(BIN)/dedup run samples/dump -o demo-out --overwrite || test $$? -eq 3

test: $(VENV)/.test-installed
	cargo test --quiet --manifest-path rust/Cargo.toml
	$(BIN)/python -m pytest -q

lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict dedup
	cargo fmt --check --manifest-path rust/Cargo.toml
	cargo clippy --quiet --all-targets --manifest-path rust/Cargo.toml -- -D warnings

$(VENV)/.installed: $(CORE)
	@command -v cargo >/dev/null || { echo "dedup needs Rust to build: install it from https://rustup.rs and run make again"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "dedup needs Python 3.11 or newer: run make PYTHON=python3.12 or the like"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing, and building the Rust core: a few minutes the first time"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

bench: $(VENV)/.installed
	$(BIN)/dedup bench

# The peers of the benchmark, from PyPI; each can be left out.
bench-setup: $(VENV)/.installed
	for peer in 'rensa==0.5.*' gaoya fastsketchlsh text-dedup datatrove; do $(BIN)/python -m pip install --quiet "$$peer" || echo "$$peer is left out"; done

clean:
	rm -rf $(VENV) demo-out rust/target target dedup/*.so
