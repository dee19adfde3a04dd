"""Pictures of every page: `make screenshots`. They are looked at by people; those of the help pages are committed."""
