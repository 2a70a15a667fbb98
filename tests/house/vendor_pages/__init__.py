"""The pages of docs/vendors: hand-written frames, and parts that are generated from the treaty and the fakes.

``python -m tests.house.vendor_pages`` writes them; a test says when one is stale.
"""
