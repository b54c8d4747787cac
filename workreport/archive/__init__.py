"""Turns a finished website into files to hand over: an offline zip, a single HTML file, an EPUB, a PDF, a BagIt bag.

Each of these archive forms is a row of `forms.FORMS`. The files are dated by the report and not by the clock, so that
the same website gives the same bytes.
"""

from workreport.archive.downloads import PLACE, same_page
from workreport.archive.folder import COPIES, add_downloads, is_outdated, site_files
from workreport.archive.forms import form_of
from workreport.archive.forms import ids as form_ids
from workreport.archive.sums import FILE as SUMS
from workreport.archive.sums import SIGNATURE, digest, digests_of, names_in
from workreport.archive.sums import write as write_sums

__all__ = [
    "COPIES",
    "PLACE",
    "SIGNATURE",
    "SUMS",
    "add_downloads",
    "digest",
    "digests_of",
    "form_ids",
    "form_of",
    "is_outdated",
    "names_in",
    "same_page",
    "site_files",
    "write_sums",
]
