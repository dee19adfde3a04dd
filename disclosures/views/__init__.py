"""Pages of the first floor: lists of records, sheets coming in, batches going back."""
