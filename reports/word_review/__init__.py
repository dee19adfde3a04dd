"""The Word round trip: what leaders changed in the .docx of a draft, paragraph by paragraph. Pure."""

from __future__ import annotations

from reports.word_review.package import WordRefused
from reports.word_review.reading import comments_of, paragraphs_of

__all__ = ["WordRefused", "comments_of", "paragraphs_of"]
