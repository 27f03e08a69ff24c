PYTHON ?= python3

.PHONY: demo test check proev bench stop laas
demo test check proev bench stop:
	$(PYTHON) run.py $@ $(ARGS)

# For maintainers: make the lock files anew from pyproject.toml (needs uv).
LAAS = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet
laas:
	$(LAAS) $(ARGS) --output-file requirements.lock
	$(LAAS) $(ARGS) --group dev --constraint requirements.lock --output-file requirements-dev.lock
