"""From one article to many: versions of one article, copies, quotations and happenings across outlets.

Pure functions over records and documents in memory; nothing here reads a store or a network.
"""
