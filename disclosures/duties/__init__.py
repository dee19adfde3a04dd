"""What units owe and hand in: duties as of a day, how they stand in words, their history, who waits for review."""
