"""The screens, one file each: a route that gives the page and its JSON."""
