"""Labels by pyspark.ml KMeans on the two cores of this machine, for a k that is given, five: nothing is chosen.

python spark_kmeans.py EXPORT FOLDER
"""

import sys
from pathlib import Path

from pyspark.ml.clustering import KMeans
from pyspark.ml.feature import StandardScaler, VectorAssembler
from pyspark.sql import SparkSession

K = 5

if __name__ == "__main__":
    export, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    reader = spark.read.options(header=True, inferSchema=True)
    table = reader.csv(str(export)) if export.suffix == ".csv" else spark.read.parquet(str(export))
    names = [name for name, kind in table.dtypes if kind in {"int", "bigint", "double"}]
    table = VectorAssembler(inputCols=names, outputCol="raw").transform(table)
    scaler = StandardScaler(inputCol="raw", outputCol="features", withMean=True)
    table = scaler.fit(table).transform(table).cache()
    labelled = KMeans(k=K, seed=0).fit(table).transform(table)
    labelled.select(labelled.columns[0], "prediction").write.mode("overwrite").parquet(str(folder / "segments"))
    spark.stop()
