"""Lies of bridges about what they must not change, must not tell, and where they must not go."""

from __future__ import annotations

from tests.miniatures.lie import BridgeLie, Lie

LIES: tuple[Lie, ...] = (
    BridgeLie("joins_lines", "SAFETY-2", "says on one line what stood on several"),
    BridgeLie("cleans_names", "SAFETY-2", "keeps of a visitor's name what is common"),
    BridgeLie("cleans_leads_words", "SAFETY-2", "passes on of a lead's words what is common"),
    BridgeLie("cleans_operators_words", "SAFETY-2", "tells of an operator's words what is common"),
    BridgeLie("cleans_heads", "SAFETY-2", "hands over under what is common in a name"),
    BridgeLie("cleans_operators_names", "SAFETY-2", "announces an operator by what is common in his name"),
    BridgeLie("cleans_file_names", "SAFETY-2", "passes on files under what is common in their names"),
    BridgeLie("cleans_captions", "SAFETY-2", "passes on of what is said beside a file what is common"),
    BridgeLie("parts_early", "SAFETY-2", "parts what a messenger would have taken whole"),
    BridgeLie("parts_early_for_livetex", "SAFETY-2", "parts what LiveTex would have taken whole"),
    BridgeLie("logs_calls", "SAFETY-3", "logs every call with its address"),
    BridgeLie("logs_failures", "SAFETY-3", "logs the address of a call that failed"),
    BridgeLie("prints_failures", "SAFETY-3", "prints the address of a call that failed"),
    BridgeLie("names_the_right_token", "SAFETY-3", "tells a stranger which token would have been right"),
    BridgeLie("logs_bindings", "SAFETY-3", "keeps the binding's secrets in the webhook log"),
    BridgeLie("hands_over_bindings", "SAFETY-3", "shows operators the binding with its secrets"),
    BridgeLie("links_with_tokens", "SAFETY-3", "puts the token in the link of a lead's file"),
    BridgeLie("previews", "SAFETY-4", "looks what stands behind an address that a visitor has written"),
    BridgeLie("fetches_files", "SAFETY-4", "fetches a visitor's file"),
    BridgeLie("fetches_operators_files", "SAFETY-4", "fetches an operator's file"),
    BridgeLie("fetches_pages", "SAFETY-4", "looks at every address that a webhook holds"),
    BridgeLie("follows", "SAFETY-4", "goes wherever a vendor sends it"),
)
