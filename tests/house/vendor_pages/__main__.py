"""Write the generated parts of every vendor's pages."""

from __future__ import annotations

from tests.house.vendor_pages import pages

for path in pages.all_pages():
    path.write_text(pages.fresh(path), "utf-8")
