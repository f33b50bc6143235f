#!/usr/bin/env bash
# demo-data.sh PROGRAM FOLDER [ACCOUNTS]: a new data folder gets the tables and a small demo firm, an old one only new
# tables. The demo's accounts are printed once, or written to the file ACCOUNTS as JSON.
set -euo pipefail
program=$1 folder=$2

if [ -e "$folder" ]; then
  "$program" migrate --data-dir "$folder"
  exit
fi
# Made beside and then renamed: an interrupted start does not leave half a firm behind.
rm -rf "$folder.new"
"$program" migrate --data-dir "$folder.new"
"$program" demo --data-dir "$folder.new" --size small ${3:+--accounts "$3"}
mv "$folder.new" "$folder"
