"""Charts as SVG, drawn on the server. Pure: numbers in, markup out; colours and type come from the style sheet.

Every chart stands beside a table with the same numbers (`reports/tables.py`): it has no links and is read aloud as one sentence.
"""
