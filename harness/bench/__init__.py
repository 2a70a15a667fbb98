"""How fast Deskcheck is, against the floor of what it stands on; a file per row, both sides measured in one run."""
