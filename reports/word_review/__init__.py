"""The Word round trip: what leaders changed in the .docx of a draft, paragraph by paragraph. Pure."""

from __future__ import annotations

from reports.word_review.alignment import compare
from reports.word_review.change import Change, ChangeKind
from reports.word_review.package import WordRefused
from reports.word_review.reading import comments_of, paragraphs_of

__all__ = ["Change", "ChangeKind", "WordRefused", "comments_of", "compare", "paragraphs_of"]
