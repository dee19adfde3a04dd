"""Pages of the top floor: the month at a glance, the notice and its files."""
