"""What must hold between values: inside a shard, between shards, and against what was announced."""
