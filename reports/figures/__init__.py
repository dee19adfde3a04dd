"""How a number is born: one grouped query an indicator, frozen into a Figure that knows its rows.

`docs/indicators.md` defines each number in words.
"""
