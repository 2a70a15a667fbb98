"""Telegram's words: what its objects are made of, and how calls are written.

``update`` writes what Telegram tells, ``call`` reads where a call goes and what stands in it, ``markup`` reads
formatted words and keyboards, ``answer`` writes what Telegram answers. Outside of this folder only the methods know
names of Telegram's: each those of its own parameters.
"""
