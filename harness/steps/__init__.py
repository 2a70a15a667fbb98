"""The vocabulary: every sentence that a feature may use, a module per noun."""

MODULES = (
    "administrator",
    "bot",
    "bridge",
    "call",
    "fault",
    "group",
    "mirror",
    "operator",
    "silence",
    "time",
    "vendor",
    "visitor",
    "webhook",
)
