"""Labels by pyspark.ml KMeans for every k from 2 to 10, on the two cores of this machine.

python spark_kmeans.py EXPORT FOLDER
"""

import sys
from pathlib import Path

from pyspark.ml.clustering import KMeans
from pyspark.ml.evaluation import ClusteringEvaluator
from pyspark.ml.feature import StandardScaler, VectorAssembler
from pyspark.sql import SparkSession

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
    fits = {k: KMeans(k=k, seed=0).fit(table) for k in range(2, 11)}
    judge = ClusteringEvaluator()
    sample = table.sample(min(1.0, 5_000 / table.count()), seed=0)
    scores = {k: judge.evaluate(fit.transform(sample)) for k, fit in fits.items()}
    labelled = fits[max(scores, key=scores.get)].transform(table)
    labelled.select(table.columns[0], "prediction").write.mode("overwrite").parquet(str(folder / "segments"))
    spark.stop()
