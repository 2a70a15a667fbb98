"""``python -m harness`` is ``deskcheck``."""

from harness.cli import main

main(prog_name="deskcheck")
