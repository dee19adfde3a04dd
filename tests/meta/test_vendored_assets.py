"""What a browser is given: vendored files as they were written down, nothing from elsewhere, nothing too new."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "lanshan_portal" / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = ROOT / "templates"
LOCK = json.loads((VENDOR / "vendor.lock.json").read_text())
# An issued notice is a file that stands alone, style and all; it is no page of the portal.
DOCUMENTS = TEMPLATES / "reports" / "notice"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if DOCUMENTS not in path.parents)
OWN = sorted(
    [*(STATIC / "portal").glob("*.css"), *(STATIC / "portal").glob("*.js"), *(STATIC / "portal").glob("*.svg")]
)
NAMESPACE = "http://www.w3.org/"

# What Chromium 92 does not know, with the version that first does.
TOO_NEW_IN_CSS = {
    r":has\(": 105,
    r"@layer\b": 99,
    r"@container\b": 105,
    r"@scope\b": 118,
    r"@starting-style\b": 117,
    r"\bcolor-mix\(": 111,
    r"\b(oklch|oklab|lch|lab)\(": 111,
    r"\blight-dark\(": 123,
    r"\bsubgrid\b": 117,
    r"\baccent-color\b": 93,
    r"\btext-wrap\b": 114,
    r"\b\d+(dvh|svh|lvh|dvw|cqw|cqh|rlh|lh)\b": 108,
    r":popover-open\b": 114,
    r"\bfield-sizing\b": 123,
    r"(^|[{};])\s*&": 112,
}
TOO_NEW_IN_JS = {
    r"\bstructuredClone\b": 98,
    r"\bObject\.hasOwn\b": 93,
    r"\.findLast(Index)?\(": 97,
    r"\.to(Sorted|Reversed|Spliced)\(": 110,
    r"\bObject\.groupBy\b": 117,
    r"\bPromise\.withResolvers\b": 119,
    r"\bstatic\s*\{": 94,
    r"\.inert\b": 102,
    r"\bshowPopover\b": 114,
    r"\bstartViewTransition\(": 111,
}
# Names that a library looks for before it uses them.
ASKED_FOR_FIRST = {"htmx/htmx.min.js": {r"\bstartViewTransition\("}}

# Told to a developer in an error, never fetched.
MENTIONED = "https://github.com/floating-ui/popper-docs"


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def test_every_vendored_file_is_the_one_written_down():
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()} - {"vendor.lock.json"}
    assert found == set(LOCK)
    changed = {
        name
        for name, entry in LOCK.items()
        if hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() != entry["sha256"]
    }
    assert not changed


def test_versions_are_those_of_the_package_lock():
    installed = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    packages = {package for entry in LOCK.values() for package in entry["from"]}
    assert packages
    for package in packages:
        name, _, version = package.rpartition("@")
        assert installed[f"node_modules/{name}"]["version"] == version
        assert json.loads((ROOT / "package.json").read_text())["devDependencies"][name] == version


def test_every_library_brings_its_licence():
    assert {Path(name).parts[0] for name in LOCK} == {
        Path(name).parts[0] for name in LOCK if Path(name).stem == "LICENSE"
    }


def test_no_source_map_is_missed():
    with_maps = [name for name in LOCK if b"sourceMappingURL" in (VENDOR / name).read_bytes()]
    assert not with_maps


@pytest.mark.parametrize("path", [*PAGES, *OWN], ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_comes_from_another_host(path):
    addresses = re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"')]*", path.read_text(encoding="utf-8"))
    assert not [address for address in addresses if not address.startswith(NAMESPACE)]


@pytest.mark.parametrize("name", sorted(name for name in LOCK if name.endswith((".css", ".js", ".svg"))))
def test_vendored_code_fetches_nothing(name):
    text = without_comments((VENDOR / name).read_text(encoding="utf-8"))
    addresses = re.findall(r"https?://[^\s\"'`)]+", text)
    assert not [address for address in addresses if not address.startswith((NAMESPACE, MENTIONED))]


def stylesheets():
    return sorted(STATIC.rglob("*.css"))


@pytest.mark.parametrize("path", stylesheets(), ids=lambda path: path.name)
def test_styles_are_understood_by_chromium_92(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    found = {pattern: version for pattern, version in TOO_NEW_IN_CSS.items() if re.search(pattern, text)}
    assert not found


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_scripts_are_understood_by_chromium_92(path):
    text = without_comments(path.read_text(encoding="utf-8"))
    guarded = ASKED_FOR_FIRST.get(str(path.relative_to(VENDOR)) if VENDOR in path.parents else "", set())
    found = {each for each in TOO_NEW_IN_JS if re.search(each, text)} - guarded
    assert not found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_pages_carry_no_style_and_no_script_of_their_own(path):
    """The Content-Security-Policy would refuse both; here it is told which page and where."""
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.findall(r"<script\b(?![^>]*\ssrc=)", text)


def test_the_sprite_holds_what_is_used_and_nothing_else():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "bootstrap-icons" / "icons.svg").read_text()))
    words = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*PAGES, *ROOT.glob("lanshan_portal/*.py"), *ROOT.glob("reports/*.py"), *ROOT.glob("*/views/*.py")]
    )
    used = set(re.findall(r'\{% icon "([^"]+)" %\}', words)) | set(re.findall(r'symbol="([^"]+)"', words))
    named = {name for name in drawn if f'"{name}"' in words}
    assert not used - drawn
    assert not drawn - named
