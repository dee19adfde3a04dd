"""The lines and pages of an official document (GB/T 9704-2012), worked out before anything is drawn.

Pure: font metrics come in as an argument, lines and page counts go out. What the composer does, and why CSS alone
does not do it, is told in `docs/typesetting.md`.
"""
