"""Tests of ``deskcheck serve``, over real sockets."""
