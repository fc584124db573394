"""Column profiles by ydata-profiling in its smallest setting.

python profile_columns.py EXPORT FOLDER
"""

import sys
from pathlib import Path

import pandas as pd
from ydata_profiling import ProfileReport

if __name__ == "__main__":
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    report = ProfileReport(pd.read_csv(sys.argv[1]), minimal=True, progress_bar=False)
    report.to_file(folder / "profile.html", silent=True)
