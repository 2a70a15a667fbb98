"""Write the generated parts of every vendor's pages, and the pages that are missing."""

from __future__ import annotations

from tests.house.vendor_pages import pages

for page in pages.missing():
    page.write_text(pages.frame(page), "utf-8")
for path in pages.all_pages():
    path.write_text(pages.fresh(path), "utf-8")
