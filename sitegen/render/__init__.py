"""From planned pages to HTML: templates and formats."""
