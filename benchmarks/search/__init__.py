"""What the benchmark of the search is made of: places, queries, and a script that asks."""
