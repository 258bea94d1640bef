"""A record shown: in the terminal and as a page."""

from .page import make_page, write_page
from .pages import write_pages
from .terminal import print_record

__all__ = ["make_page", "print_record", "write_page", "write_pages"]
