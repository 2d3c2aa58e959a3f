"""scikit-learn's area under the ROC curve.

Usage: sklearn_oracle.py SAMPLE.json   with { labels, scores, weights }
"""

import json
import sys

from sklearn.metrics import roc_auc_score

with open(sys.argv[1]) as file:
    sample = json.load(file)
print(repr(float(roc_auc_score(sample["labels"], sample["scores"], sample_weight=sample["weights"]))))
