"""Which records to keep: measured facts, a typed expression over them, duplicates, diversity."""
