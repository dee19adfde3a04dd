"""Keeping files: under their content, outside the web root, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from disclosures.files.recognition import FileRefused, recognise
from disclosures.models import StoredFile
from units.models import Office, User


@dataclass(frozen=True)
class Brought:
    """A file as somebody brings it: its name and its bytes."""

    name: str
    content: bytes


class FilesRefused(Exception):
    """One or several files are not taken; `sentences` say why, one a file, and none of the files is kept."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("".join(sentences))
        self.sentences = tuple(sentences)


def check(files: Iterable[Brought]) -> None:
    """Look at all the files before any is kept; raises FilesRefused."""
    sentences = []
    for file in files:
        try:
            recognise(file.name, file.content)
        except FileRefused as refused:
            sentences.append(str(refused))
    if sentences:
        raise FilesRefused(sentences)


def keep(*, name: str, content: bytes, office: Office, by: User | None, at: datetime) -> StoredFile:
    """Keep a file that somebody brought; raises FileRefused when it is none of the kinds that are taken.

    The bytes lie under their SHA-256: the same content is kept once, and the path says nothing of the name.
    """
    kind = recognise(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    stored_as = f"files/{sha256[:2]}/{sha256}"
    if not default_storage.exists(stored_as):
        stored_as = default_storage.save(stored_as, ContentFile(content))
    return StoredFile.objects.create(
        office=office,
        name=PurePath(name).name[-255:],
        kind=kind,
        size=len(content),
        sha256=sha256,
        stored_as=stored_as,
        brought_by=by,
        brought_at=at,
    )


def content_of(file: StoredFile) -> bytes:
    """The bytes as they came; OSError where the folder of uploads has lost them."""
    with default_storage.open(file.stored_as) as kept:
        content: bytes = kept.read()
    return content
