"""Speed and memory, run by hand; not shipped and not part of the tests."""
