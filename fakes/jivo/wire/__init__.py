"""Jivo's words: the only folder that knows the vendor's key names, a module per surface.

The same numbers are strings in one surface and numbers in the other (protocol/jivo 2.5), and stay so.
"""
