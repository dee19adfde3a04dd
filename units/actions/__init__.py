"""Every change to several records of this floor: keyword-only functions, `by=` whom, one transaction each."""
