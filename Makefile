# Everything starts here: `make app` opens Kluwen on the samples, `make test` checks all of it. Both set up what they need in .venv.
# On Linux, `UV_TORCH_BACKEND=cpu make app` takes PyTorch without the 5 GB of CUDA.

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
SOURCES := pyproject.toml README.md $(shell find corpus graph ingest search_app -type f -not -name '*.pyc' -not -path '*/node_modules/*' | sed 's/ /\\ /g')

.DELETE_ON_ERROR:
.PHONY: app test lint score bench samples lock clean

app: build/samples.db
	$(BIN)/kluwen --graph build/samples.db app

samples: build/samples.db

build/samples.db: .venv/kluwen
	@rm -f build/samples.db build/samples.db-wal build/samples.db-shm
	$(BIN)/kluwen --graph build/samples.db ingest corpus/samples

test: .venv/tests .venv/kluwen .venv/node lint
	@sh tests/chromium.sh
	$(BIN)/pytest

lint: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What extraction and search find, against the gold that stands beside the checkout.
score: .venv/tests .venv/kluwen
	$(BIN)/python tests/bench/score_extraction.py
	$(BIN)/python tests/bench/score_search.py

# Speed, as ratios of runs side by side.
bench: .venv/tests .venv/kluwen
	@for bench in tests/bench/bench_*.py; do $(BIN)/python $$bench || exit 1; done

.venv/ready: requirements-build.txt requirements.txt requirements-torch.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kluwen needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.txt
	$(UV) --no-deps --require-hashes -r requirements.txt
ifdef UV_TORCH_BACKEND
	$(UV) $$(sed -n 's/^\(torch==[^ ]*\).*/\1/p' requirements-torch.txt)
else
	$(UV) --no-deps --require-hashes -r requirements-torch.txt
endif
	@touch $@

.venv/tests: requirements-test.txt .venv/ready
	$(UV) --no-deps --require-hashes -r requirements-test.txt
	@touch $@

# What the network view is bundled with: only the test that builds it again and compares needs it.
.venv/node: search_app/network/source/package.json .venv/ready
	@command -v npm >/dev/null && (cd search_app/network/source && npm install --no-package-lock --no-audit --no-fund --silent) \
	  || echo "No Node was found: whether the network view's bundle is what its sources make is not tested."
	@touch $@

# The built package, not the checkout, is what runs: the app's network view is found only in an installed package.
.venv/kluwen: .venv/ready $(SOURCES)
	@rm -rf build/dist
	$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir build/dist
	$(UV) --no-deps --reinstall build/dist/kluwen-*.whl
	@touch $@

# The pins. What CUDA brings stands apart, because which build of PyTorch is right depends on the machine.
CUDA := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cccl nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime \
  nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

lock:
	test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet uv; }
	printf 'uv\nhatchling\n' | $(COMPILE) - -o requirements-build.txt
	$(COMPILE) pyproject.toml $(CUDA:%=--no-emit-package %) -o requirements.txt
	printf 'torch\n' | $(COMPILE) - -c requirements.txt -o requirements-torch.txt
	$(COMPILE) --group test -c requirements.txt -o requirements-test.txt

clean:
	rm -rf .venv build
