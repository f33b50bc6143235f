#!/usr/bin/env bash
# demo-data.sh PROGRAM FOLDER: a new data folder gets the tables and a small demo firm, an old one only new tables.
set -euo pipefail
program=$1 folder=$2

if [ -e "$folder" ]; then
  "$program" migrate --data-dir "$folder"
  exit
fi
# Made beside and then renamed: an interrupted start does not leave half a firm behind.
rm -rf "$folder.new"
"$program" migrate --data-dir "$folder.new"
"$program" demo --data-dir "$folder.new" --size small
mv "$folder.new" "$folder"
