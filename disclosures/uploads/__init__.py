"""Sheets on their way in: the files between their check and their answer, and the jobs that check and write them."""
