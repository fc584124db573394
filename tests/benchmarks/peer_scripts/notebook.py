"""The plain script as a notebook, executed by papermill, to HTML by nbconvert, and that printed by WeasyPrint.

python notebook.py EXPORT FOLDER
"""

import sys
from pathlib import Path

import nbformat
import papermill
from nbconvert import HTMLExporter
from weasyprint import HTML

PLAIN = Path(__file__).with_name("plain_script.py")


def main() -> None:
    export, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    # The cells: the script's imports and functions, then its body as a user would have typed it.
    code = PLAIN.read_text(encoding="utf-8").replace("__main__", "__cells__").replace("__file__", "''")
    run = f"import sys; sys.argv = ['', {str(export)!r}, {str(folder)!r}]; main()"
    show = "from IPython.display import HTML; HTML(open(sys.argv[2] + '/report.html').read())"
    cells = [nbformat.v4.new_code_cell(cell) for cell in (code, run, show)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    given = folder / "given.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), given)
    papermill.execute_notebook(str(given), str(folder / "done.ipynb"), progress_bar=False)
    page, _ = HTMLExporter().from_filename(str(folder / "done.ipynb"))
    (folder / "notebook.html").write_text(page, encoding="utf-8")
    HTML(string=page).write_pdf(folder / "notebook.pdf")


if __name__ == "__main__":
    main()
