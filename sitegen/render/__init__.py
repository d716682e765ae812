"""From planned pages to HTML: templates, formats and Markdown."""
