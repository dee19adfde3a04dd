"""Searching: the index of character pairs, the newest rows that hold some words, everything from one field."""
