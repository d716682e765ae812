"""From the spreadsheets that an office has to the content folder.

The modules stand in the order of the flow: files become grids of cells (``reading``, ``zipped``, ``csv_file``),
personal data stop it there (``personal``), grids become tables whose columns have a meaning (``headers``,
``tables``), rows become facts about TPS (``values``, ``facts``), names become codes (``places``, with ``questions``),
facts and content become a plan (``plan``), and a plan becomes files (``write``). ``run`` joins them; ``workbook``
writes templates and exports.
"""
