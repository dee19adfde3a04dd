"""The sample district: three months of 临沂市兰山区 as the sheets a clerk would export. `build.py` writes them."""
