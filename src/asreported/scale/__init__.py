"""Many inputs: cut into shards, each run by whoever has a hand free, each a part of the store."""
