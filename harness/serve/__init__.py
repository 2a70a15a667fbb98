"""``deskcheck serve``: the fakes on real sockets for many tenants at once, and the control API.

A tenant is a simulation that never ends: its fakes run on a virtual loop of their own, whose time is wound from
outside. Whatever reaches it, a call, a deed, bytes that a bridge answered, is an entry, taken one at a time and worked
off until nothing is ready. The entries alone decide what happens, so that replaying them brings everything back.
"""
