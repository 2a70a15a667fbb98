"""LiveTex's words: the only folder that knows the vendor's key names, a module per surface.

Ids are strings even where they are digits (protocol/livetex 5), and instants are milliseconds.
"""
