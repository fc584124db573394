"""Where row-scale work runs: `base` the protocol, `in_memory` the default on pandas, `text_*` how text is read."""
