"""Months side by side, by unit, group, category, column or task: the notices' own figures, added up and never counted again."""
