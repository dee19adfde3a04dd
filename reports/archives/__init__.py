"""What is put together for an inspection: one notice with all that belongs to it, one unit's year of being named."""
