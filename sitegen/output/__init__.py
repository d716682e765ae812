"""What is written: the publication, its data files, feeds and search index."""
