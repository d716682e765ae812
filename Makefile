# Papan TPS. "make" tanpa apa-apa menampilkan bantuan. "make" on its own shows help.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
OUT ?= _site
PORT ?= 8000
BASE_URL ?=
ARGS ?=
BENCH ?= *
PARTS ?=

UV_VERSION := 0.13.9
LOCK := env UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/lock/bin/uv --quiet pip compile \
	--universal --python-version 3.11 --generate-hashes --no-emit-index-url --only-binary :all: $(LOCK_ARGS)

.DEFAULT_GOAL := help
.PHONY: help site serve test torture check format messages reference bench lock audit clean env-site env-dev

help: ## Bantuan ini
	@echo "Perintah (commands):"
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

site: env-site ## Membuat situs lengkap di _site/
	$(RUN) build.py --out "$(OUT)" $(if $(BASE_URL),--base-url "$(BASE_URL)") $(ARGS)
	@echo
	@echo "Situs sudah jadi di folder $(OUT)/. Untuk melihatnya, buka $(OUT)/index.html di peramban,"
	@echo "atau jalankan: make serve   lalu buka http://127.0.0.1:$(PORT)/"
	@echo "(The site is ready in $(OUT)/. Open $(OUT)/index.html, or run: make serve)"

serve: env-site ## Menampilkan situs dan memperbaruinya setiap kali isi berubah
	$(RUN) build.py serve --port $(PORT) $(ARGS)

test: env-dev ## Menjalankan semua uji (Chromium dan Firefox dipasang jika belum ada)
	@sh tools/ensure_browsers.sh
	$(RUN) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

torture: env-dev ## Uji panjang (setengah jam; PARTS="kills disk" untuk sebagian): dimatikan, disk penuh, teks aneh
	npm --prefix tests/torture ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@$(RUN) -m pip --disable-pip-version-check install --quiet --upgrade --require-hashes --only-binary :all: --no-deps \
		--target .cache/torture/packages -r requirements/torture.txt
	@sh tools/ensure_browsers.sh
	$(RUN) tools/torture.py $(PARTS)

check: env-dev ## Memeriksa gaya kode, tipe, dan terjemahan
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) tools/catalogs.py check

format: env-dev ## Merapikan kode
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

messages: env-dev ## Memperbarui katalog terjemahan dari kode dan templat
	$(RUN) tools/catalogs.py update

reference: env-site ## Memperbarui skema dan rujukan isi dari model
	$(RUN) tools/write_reference.py

bench: env-dev ## Mengukur kecepatan (BENCH=search untuk satu bagian)
	@set -e; for bench in benchmarks/bench_$(BENCH).py; do \
		if [ -e "$$bench" ]; then $(RUN) "$$bench" $(ARGS); else echo "Belum ada pengukuran. (No benchmarks yet.)"; fi; \
	done

lock: ## Memperbarui versi paket yang dikunci (LOCK_ARGS=--upgrade untuk semua)
	@test -x $(VENV)/lock/bin/uv || { $(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip --quiet install uv==$(UV_VERSION); }
	$(LOCK) pyproject.toml -o requirements/site.txt
	$(LOCK) pyproject.toml --group dev -c requirements/site.txt -o requirements/dev.txt
	$(LOCK) --group audit -o requirements/audit.txt
	$(LOCK) --group bench -o requirements/bench.txt
	$(LOCK) --group torture -o requirements/torture.txt

audit: ## Menanyakan kelemahan yang sudah diketahui pada paket terkunci
	@test -x $(VENV)/audit/bin/pip-audit || { $(PYTHON) -m venv $(VENV)/audit && \
		$(VENV)/audit/bin/pip --quiet install --require-hashes -r requirements/audit.txt; }
	$(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/site.txt -r requirements/dev.txt -r requirements/torture.txt
	@if command -v npm >/dev/null; then npm --prefix tests/html audit --package-lock-only && \
		npm --prefix tests/torture audit --package-lock-only; else echo "npm tidak ada: paket di tests/html dan tests/torture tidak ditanyakan. (npm is missing: they were not asked about.)"; exit 1; fi

clean: ## Menghapus semua yang dibuat perintah lain
	rm -rf $(VENV) $(OUT) $(OUT).zip $(dir $(OUT)).$(notdir $(OUT)).* .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		tests/html/node_modules tests/torture/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

env-site:
	@$(PYTHON) tools/environment.py site

env-dev:
	@$(PYTHON) tools/environment.py dev
