"""One process's measurements: `python -m tests.bench.measure imports figures pages lists documents`."""

import os
import sys


def main() -> None:
    """Prepare an empty database, then measure each named part."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lanshan_portal.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.bench import documents, figures, imports, lists, pages

    parts = {
        "imports": imports.measure,
        "figures": figures.measure,
        "pages": pages.measure,
        "lists": lists.measure,
        "documents": documents.measure,
    }
    for name in sys.argv[1:]:
        parts[name]()


if __name__ == "__main__":
    main()
