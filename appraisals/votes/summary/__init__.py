"""党支部班子评议结果汇总表: how the branches below have rated their committees, on a page and as a file."""
