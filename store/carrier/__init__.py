"""Meeting other laptops in a folder: a stick, a shared folder, whatever carries files."""
