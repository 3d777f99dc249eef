from chairside.charting.http.charts import router as charts
from chairside.charting.http.perio import router as perio

__all__ = ["charts", "perio"]
