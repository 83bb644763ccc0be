"""`folkmoot redline`: read tracked changes of Word files and merge many returns into one."""
