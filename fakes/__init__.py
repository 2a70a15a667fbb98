"""The vendors' stateful copies; nothing here knows the harness that uses them."""
