# Two commands: `make run` and `make test`. `make help` lists the others. Developer documentation: docs/running.md.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PORT ?= 8000
SERVE ?= 1
PYTHON_IN_VENV := .venv/bin/python
MANAGE := $(PYTHON_IN_VENV) manage.py

##@ 常用

.PHONY: help
help: ## 列出全部命令
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## 安装并启动，浏览器打开 http://127.0.0.1:8000（PORT=端口，SERVE=0 只准备不启动）
	@echo "[1/7] 系统组件"
	@.ci/system-packages run
	@echo "[2/7] Python 环境"
	@.ci/make-venv run
	@$(PYTHON_IN_VENV) .ci/prepare.py
ifneq ($(SERVE),0)
	@exec $(PYTHON_IN_VENV) .ci/serve.py --port $(PORT)
endif

.PHONY: test
test: ## 安装测试所需组件，在真实的 PostgreSQL、Redis、Celery、Chromium 上和 SQLite 上各跑一遍测试（ARGS=pytest 参数）
	@.ci/test $(ARGS)

.PHONY: notice
MONTH ?= 2020-06
ISSUED_ON ?= 2020-07-14
notice: venv fonts ## 编写一个月的通报（MONTH=2020-06 ISSUED_ON=2020-07-14）
	@$(MANAGE) compose_notice $(MONTH) --issued-on $(ISSUED_ON) --all --output "var/notices/$(MONTH)"

.PHONY: sheets-templates
sheets-templates: venv ## 生成各类报送表的空白模板，存入 var/templates
	@$(PYTHON_IN_VENV) .ci/prepare.py templates

##@ 准备

.PHONY: venv
venv: ## 安装 Python 组件到 .venv
	@.ci/make-venv run

.PHONY: venv-test
venv-test:
	@.ci/make-venv test

.PHONY: fonts
fonts: venv ## 获取字体并生成字体配置
	@$(PYTHON_IN_VENV) .ci/prepare.py fonts

.PHONY: lock
lock: venv-test ## 按 requirements*.in 重新锁定版本和校验值
	@$(PYTHON_IN_VENV) -m pip install --quiet --disable-pip-version-check uv
	@$(PYTHON_IN_VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url requirements.in --output-file requirements.txt
	@$(PYTHON_IN_VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url requirements-dev.in --output-file requirements-dev.txt

##@ 检查

.PHONY: check
check: lint types ## 代码规范、类型、迁移是否齐全
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) check

.PHONY: lint
lint: venv-test ## 代码规范（ruff）和页面模板（djlint）
	@$(PYTHON_IN_VENV) -m ruff check .
	@$(PYTHON_IN_VENV) -m ruff format --check .
	@$(PYTHON_IN_VENV) -m djlint --lint --quiet templates

.PHONY: types
types: venv-test ## 类型（mypy）
	@$(PYTHON_IN_VENV) -m mypy

.PHONY: fix
fix: venv-test ## 自动整理代码
	@$(PYTHON_IN_VENV) -m ruff check --fix .
	@$(PYTHON_IN_VENV) -m ruff format .

.PHONY: screenshots
screenshots: venv-test fonts ## 为每个页面拍图，存入 var/screenshots（ARGS=名称开头，ARGS=--help-pages 只更新帮助页的图）
	@$(PYTHON_IN_VENV) -m tests.screenshots $(ARGS)

.PHONY: bench
bench: venv-test fonts ## 性能对比，结果以比值表示
	@$(PYTHON_IN_VENV) -m tests.bench

##@ 整理

.PHONY: clean
clean: ## 删除虚拟环境和缓存（var/ 中的数据、字体不动）
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
