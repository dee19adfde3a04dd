"""The house keeps its shape: imports go downstairs, files stay short, one module draws the PDF."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FLOORS = ("lanshan_portal", "units", "disclosures", "reports")
UPSTAIRS = {floor: set(FLOORS[number + 1 :]) for number, floor in enumerate(FLOORS)}
# The project package is the entrance: its addresses, menu and pages lead upstairs, its pure modules do not.
ENTRANCE = {"urls.py", "nav.py", "views.py", "context_processors.py", "middleware.py", "settings.py"}
LONGEST = 400


def sources(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts and "node_modules" not in path.parts
    ]


def imported(path: Path) -> set[str]:
    """Every module the file names in an import, however deep in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_walk_sees_the_house():
    assert {path.relative_to(ROOT).parts[0] for path in sources(*FLOORS)} == set(FLOORS)
    assert "units.directory" in imported(ROOT / "units" / "models" / "unit.py")


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_go_downstairs_only(floor):
    climbing = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in sources(floor)
        if not (floor == "lanshan_portal" and path.name in ENTRANCE)
        for module in imported(path)
        if module.split(".")[0] in UPSTAIRS[floor]
    }
    assert not climbing


def test_no_file_is_too_long_to_read_in_one_sitting():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(*FLOORS, "tests", "samples")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_there_is_no_cupboard():
    assert not [path for path in sources(*FLOORS) if path.stem in {"utils", "helpers", "common", "misc", "core"}]


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("weasyprint", {"reports/renderers/pdf.py"}),
        (
            "docx",
            {
                "reports/renderers/",
                "reports/management/commands/check_text.py",
                "reports/checks/",
                "disclosures/files/preview.py",
            },
        ),
        ("python_calamine", {"disclosures/sheets/"}),
    ],
)
def test_a_document_library_has_one_home(library, home):
    users = [
        str(path.relative_to(ROOT))
        for path in sources(*FLOORS)
        if any(module.split(".")[0] == library for module in imported(path))
    ]
    assert users
    assert not [user for user in users if not any(user.startswith(place) for place in home)]


def test_pure_modules_know_neither_database_nor_clock():
    pure = [
        ROOT / "disclosures" / "workdays.py",
        ROOT / "disclosures" / "clocks.py",
        ROOT / "disclosures" / "compliance.py",
        ROOT / "units" / "directory.py",
        ROOT / "reports" / "notice.py",
        ROOT / "reports" / "wording.py",
        *sorted((ROOT / "reports" / "typesetting").glob("*.py")),
    ]
    for path in pure:
        assert not [module for module in imported(path) if module.startswith("django")], path
        assert ".today(" not in path.read_text(encoding="utf-8"), path
