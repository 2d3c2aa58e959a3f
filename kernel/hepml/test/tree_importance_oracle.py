"""What XGBoost's own package says of the importance of features in a model file: JSON on standard output."""

import json
import sys

import xgboost

booster = xgboost.Booster(model_file=sys.argv[1])
print(json.dumps({kind: booster.get_score(importance_type=kind) for kind in ("gain", "cover", "weight", "total_gain")}))
