"""One module a section of the notice; `NOTICE_SECTIONS` is their order in the June 2020 notice, written out.

Each module has `draft(figures, texts)`, a pure function from figures and texts to the drafts of its sections: several,
one or, where there is nothing to tell, none. `reports/composition.py` numbers them.
"""

NOTICE_SECTIONS: tuple[str, ...] = (
    "opening",
    "published",
    "applications",
    "mailbox",
    "media",
    "follow_ups",
    "problems",
    "arrangements",
    "closing",
)
