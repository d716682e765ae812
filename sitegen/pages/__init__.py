"""Which pages there are and what each one says: planned as plain data, before anything is rendered."""
