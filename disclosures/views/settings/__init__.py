"""系统设置 of the lower floors: each page says in plain words what it changes, and takes a change back."""
