"""The explorer as a page: one file that works offline, and a widget in a notebook.

`data` is what both need of a pack, `document` the page around it, `widget` the notebook. The program itself is
JavaScript (its sources are in the folder `front`), which works every answer out with the meaning that `painrules` has.
"""

from painrules.page.data import page_data
from painrules.page.document import to_page, write_page

__all__ = ["page_data", "to_page", "write_page"]
