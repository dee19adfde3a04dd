"""The top floor: what the office says about it.

Figures are counted once from the first floor's querysets, composed into a notice by pure functions, checked,
rendered and issued. Nothing imports this package.
"""
