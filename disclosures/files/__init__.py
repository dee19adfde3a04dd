"""Files that people bring: what they are (`recognition`), and how they are kept (`keeping`)."""
