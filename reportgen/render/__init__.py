"""render: PDF, HTML, e-mail and the machine files; one a file."""
